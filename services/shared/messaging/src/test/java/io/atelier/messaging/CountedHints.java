package io.atelier.messaging;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** A service's listener that counts. */
@Singleton
class CountedHints implements ModelHintListener {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void modelsMayHaveChanged() {
        count.incrementAndGet();
    }

    int count() {
        return count.get();
    }
}
