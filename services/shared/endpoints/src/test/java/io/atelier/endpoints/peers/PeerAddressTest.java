package io.atelier.endpoints.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.endpoints.config.PeersConfig.Peer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerAddressTest {
    private static final Optional<Path> FILE = Optional.of(Path.of("file"));

    @Test
    void addressWithoutASchemeIsEncryptedUnlessItIsThisMachine() {
        assertThat(PeerAddress.of("image", peer("image.svc.invalid:9081", FILE, Optional.empty())))
                .isEqualTo(new PeerAddress("atelier.peers.image", "image.svc.invalid:9081", true));
        assertThat(PeerAddress.of("image", peer("127.0.0.1:9081", FILE, Optional.empty()))
                        .encrypted())
                .isFalse();
        assertThat(PeerAddress.of("image", peer("127.0.0.1:9081", FILE, FILE)).encrypted())
                .isTrue();
        assertThat(PeerAddress.of("image", peer("https://127.0.0.1:9081", FILE, Optional.empty()))
                        .encrypted())
                .isTrue();
    }

    @Test
    void credentialIsNotSentOverANetworkInPlainText() {
        assertThatThrownBy(() -> PeerAddress.of("image", peer("http://192.0.2.1:9081", FILE, Optional.empty())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("atelier.peers.image.address", "atelier.peers.image.credential-file");
        assertThat(PeerAddress.of("image", peer("http://192.0.2.1:9081", Optional.empty(), Optional.empty()))
                        .encrypted())
                .isFalse();
    }

    @Test
    void peerThatIsNotConfiguredIsNamedByItsSetting() {
        assertThatThrownBy(() -> new PeerChannels(Map.of(), Optional.empty()).to("image"))
                .hasMessageContaining("atelier.peers.image.address");
    }

    private static Peer peer(String address, Optional<Path> credential, Optional<Path> ca) {
        return new Peer() {
            @Override
            public String address() {
                return address;
            }

            @Override
            public Optional<Path> credentialFile() {
                return credential;
            }

            @Override
            public Optional<Path> ca() {
                return ca;
            }
        };
    }
}
