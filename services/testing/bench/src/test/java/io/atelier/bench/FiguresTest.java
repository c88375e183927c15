package io.atelier.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void documentHasTheAgreedForm() throws Exception {
        String json =
                Figures.json(List.of(new Figure("grpc_added_p50_ms", 0.5, "ms", "./atelier bench image", "<= 1")));

        assertThat(new ObjectMapper().readTree(json)).isEqualTo(new ObjectMapper().readTree("""
                                {"results":[{"name":"grpc_added_p50_ms","value":0.5,"unit":"ms",
                                "command":"./atelier bench image"}]}
                                """));
    }
}
