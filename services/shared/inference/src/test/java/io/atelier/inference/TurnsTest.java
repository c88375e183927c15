package io.atelier.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.models.ModelPackage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TurnsTest {
    @TempDir
    Path folder;

    @Test
    void clientWithOneRowIsServedBesideOneWithMany() {
        Turns turns = new Turns();
        turns.add(ticket("many", 100, RunRequest.Priority.BULK));
        turns.add(ticket("many", 100, RunRequest.Priority.BULK));
        turns.add(ticket("single", 1, RunRequest.Priority.BULK));
        turns.add(ticket("few", 2, RunRequest.Priority.BULK));
        List<String> order = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            order.add(turns.take().request.client());
        }
        assertThat(order).containsExactly("many", "single", "few", "many", "few", "many");
    }

    @Test
    void interactiveGoesFirstAndBulkNeverStandsStill() throws Exception {
        try (Studio studio = new Studio(folder)) {
            ModelPackage found = studio.publish("adder", TestGraphs.adder(1), 1, Studio.simple());
            LoadedModel loaded =
                    LoadedModel.open(OrtRuntime.open(new Device.Cpu(), 2), found, Duration.ofSeconds(1), () -> {});
            GraphQueue queue = loaded.queue("main");
            queue.add(ticket("interactive", 100, RunRequest.Priority.INTERACTIVE));
            queue.add(ticket("bulk", 100, RunRequest.Priority.BULK));
            List<String> order = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                try (Batch batch = queue.take()) {
                    order.add(batch.shares.getFirst().ticket().request.client());
                }
            }
            assertThat(order.subList(0, 7)).containsOnly("interactive");
            assertThat(order).filteredOn("bulk"::equals).hasSize(3);
            loaded.release();
        }
    }

    private static Ticket ticket(String client, int rows, RunRequest.Priority priority) {
        RunRequest request = new RunRequest(
                "main", Studio.rows(rows, 1), client, priority, Deadline.NEVER, new Cancellation(), done -> {});
        return new Ticket(request, rows, new ReentrantLock().newCondition(), 0);
    }
}
