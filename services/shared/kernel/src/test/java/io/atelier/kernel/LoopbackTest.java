package io.atelier.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoopbackTest {
    @Test
    void namesAndAddressesOfThisMachineAloneAreLoopback() {
        for (String host : List.of("localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]", "::ffff:127.0.0.1")) {
            assertThat(Loopback.isHost(host)).as(host).isTrue();
        }
        for (String target : List.of("localhost:9081", "127.0.0.1:9081", "[::1]:9081", "127.0.0.1", "[::1]")) {
            assertThat(Loopback.isTarget(target)).as(target).isTrue();
        }
    }

    @Test
    void whatIsUnknownWildcardEmptyOrElsewhereIsNot() {
        for (String host :
                List.of("no.such.host.invalid", "0.0.0.0", "::", "[::]", "", " ", "192.0.2.1", "[::1", "a b")) {
            assertThat(Loopback.isHost(host)).as(host).isFalse();
        }
        for (String target : List.of(
                "no.such.host.invalid:1", "0.0.0.0:1", "[::]:1", ":9081", "192.0.2.1:1", "dns:///127.0.0.1:1", "::1")) {
            assertThat(Loopback.isTarget(target)).as(target).isFalse();
        }
    }
}
