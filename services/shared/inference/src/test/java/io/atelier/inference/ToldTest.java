package io.atelier.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.inference.GraphSignature.Element;
import io.atelier.inference.GraphSignature.Tensor;
import io.atelier.kernel.Cancellation;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ProblemException;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others are told of graphs and of requests to them. */
class ToldTest {
    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Studio studio;
    private OnnxModelServer server;

    @BeforeEach
    void open() {
        studio = new Studio(folder);
        studio.publishAdder("adder", 1);
        studio.publishLooper("looper", 8);
        server = studio.serve(Studio.SETTINGS, InferenceListener.both(noting("first"), noting("second")));
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    void handleTellsWhatItsGraphTakesAndGives() {
        try (ModelHandle looper = server.acquire(ModelRef.parse("looper"))) {
            assertThat(looper.signature("main").inputs())
                    .containsExactly(
                            new Tensor("x", Element.FLOAT32, List.of(4L)),
                            new Tensor("steps", Element.INT64, List.of()));
            assertThat(looper.signature("main").outputs())
                    .containsExactly(new Tensor("y", Element.FLOAT32, List.of(4L)));
        }
    }

    @Test
    void everyListenerHearsHowARequestEnded() {
        studio.ask(server, "adder", Studio.request(Studio.rows(2, 1))).join();
        assertThat(told).containsExactly("first adder true", "second adder true");
        told.clear();
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        try (ModelHandle adder = server.acquire(ModelRef.parse("adder"))) {
            RunRequest request =
                    Studio.request(Studio.rows(1, 1), "client", RunRequest.Priority.BULK, Deadline.NEVER, cancelled);
            assertThatThrownBy(() -> adder.run(request)).isInstanceOf(ProblemException.class);
        }
        assertThat(told).containsExactly("first adder false", "second adder false");
    }

    private InferenceListener noting(String name) {
        return new InferenceListener() {
            @Override
            public void ended(ModelManifest model, String graph, Duration took, boolean well) {
                told.add(name + " " + model.name() + " " + well);
            }
        };
    }
}
