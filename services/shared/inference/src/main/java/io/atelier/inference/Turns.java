package io.atelier.inference;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Requests of one priority that wait, by client: whoever's turn it is gets one row into the run and goes to the end, so
 * that a client with a thousand rows and one with a single row are served alike. Guarded by the scheduler's lock.
 */
final class Turns {
    private final Map<String, Deque<Ticket>> byClient = new HashMap<>();
    private final Deque<String> turns = new ArrayDeque<>();

    boolean isEmpty() {
        return turns.isEmpty();
    }

    void add(Ticket ticket) {
        Deque<Ticket> own = byClient.computeIfAbsent(ticket.request.client(), client -> {
            turns.addLast(client);
            return new ArrayDeque<>();
        });
        own.addLast(ticket);
    }

    void remove(Ticket ticket) {
        String client = ticket.request.client();
        Deque<Ticket> own = byClient.get(client);
        if (own != null && own.remove(ticket) && own.isEmpty()) {
            byClient.remove(client);
            turns.remove(client);
        }
    }

    /** Whose turn it is; only when not empty. */
    Ticket peek() {
        return own(turns.getFirst()).getFirst();
    }

    /** Takes one row of whose turn it is. */
    Ticket take() {
        String client = turns.removeFirst();
        Deque<Ticket> own = own(client);
        Ticket ticket = own.getFirst();
        ticket.taken++;
        if (ticket.waiting() == 0) {
            own.removeFirst();
        }
        if (own.isEmpty()) {
            byClient.remove(client);
        } else {
            turns.addLast(client);
        }
        return ticket;
    }

    void forEach(Consumer<Ticket> each) {
        byClient.values().forEach(own -> own.forEach(each));
    }

    private Deque<Ticket> own(String client) {
        Deque<Ticket> own = byClient.get(client);
        if (own == null) {
            throw new IllegalStateException("a client with a turn waits for something");
        }
        return own;
    }
}
