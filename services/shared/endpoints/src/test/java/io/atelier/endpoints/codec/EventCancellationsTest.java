package io.atelier.endpoints.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.messaging.CancellationDecoder.Target;
import io.atelier.proto.events.v1.CancelEvent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventCancellationsTest {
    private static final Target TARGET = new Target("image", "/shop", "42");

    private final EventCancellations cancellations = new EventCancellations();

    @Test
    void jsonAndProtobufNameTheSameRequest() {
        byte[] protobuf = CancelEvent.newBuilder()
                .setKind("image")
                .setSource("/shop")
                .setId("42")
                .build()
                .toByteArray();
        assertThat(cancellations.decode("application/protobuf", protobuf)).isEqualTo(TARGET);
        assertThat(json("{\"kind\":\"image\",\"source\":\"/shop\",\"id\":\"42\"}"))
                .isEqualTo(TARGET);
    }

    @Test
    void whatDoesNotParseOrFitIsRefusedAsInARequest() {
        assertRefused("nonsense", ErrorCode.UNDECODABLE);
        assertRefused("{\"kind\":7}", ErrorCode.WRONG_TYPE);
        assertRefused("{\"kind\":\"image\",\"reason\":\"late\"}", ErrorCode.UNKNOWN_FIELD);
        assertThatThrownBy(() -> cancellations.decode("text/plain", new byte[0]))
                .isInstanceOf(ProblemException.class);
    }

    private void assertRefused(String json, ErrorCode code) {
        assertThatThrownBy(() -> json(json))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    private Target json(String json) {
        return cancellations.decode("application/json", json.getBytes(StandardCharsets.UTF_8));
    }
}
