package io.atelier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
    @TempDir
    Path folder;

    @Test
    void keysAndTokensAreShownInTheirHeadersWithoutTheFilesLineEnd() throws IOException {
        Metadata key = Credential.read(file("a-key\r\n")).header();
        assertThat(value(key, "x-api-key")).isEqualTo("a-key");
        assertThat(value(key, "authorization")).isNull();
        Metadata token = Credential.read(file("eyJh.eyJp.c2ln\n")).header();
        assertThat(value(token, "authorization")).isEqualTo("Bearer eyJh.eyJp.c2ln");
        assertThat(value(token, "x-api-key")).isNull();
    }

    @Test
    void fileThatHoldsNoCredentialIsRefusedWithoutRepeatingIt() throws IOException {
        for (String content : List.of("", "\n", "a-secret b", "a-secret\nb", "a-secret\u00e4", "k".repeat(8001))) {
            Path file = file(content);
            assertThatThrownBy(() -> Credential.read(file))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageNotContaining("a-secret");
        }
        assertThatThrownBy(() -> Credential.read(folder.resolve("missing"))).hasMessageContaining("cannot be read");
    }

    @Test
    void credentialIsNotSentToAnotherMachineWithoutEncryption() throws IOException {
        Optional<Path> credential = Optional.of(file("a-key"));
        for (String target : List.of("192.0.2.1:9081", "no.such.host.invalid:9081")) {
            assertThatThrownBy(() -> connection(target, credential).open())
                    .isInstanceOf(CommandException.class)
                    .hasMessageContainingAll("--ca", "https://" + target);
        }
        for (String target : List.of("127.0.0.1:9081", "localhost:9081", "[::1]:9081", "https://192.0.2.1:9081")) {
            ManagedChannel channel = connection(target, credential).open();
            assertThat(channel.authority()).isEqualTo(target.replace("https://", ""));
            channel.shutdownNow();
        }
    }

    @Test
    void certificateAndKeyBelongTogether() {
        Run run = Run.of("image", "generate", "--model", "m", "--target", "127.0.0.1:1", "--cert", "cert.pem");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--cert and --key belong together");
    }

    @Test
    void unreadableFilesAreToldByTheirOption() {
        Run ca = Run.of("image", "generate", "--model", "m", "--target", "127.0.0.1:1", "--ca", "no-such.pem");
        assertThat(ca.code()).isEqualTo(1);
        assertThat(ca.err()).contains("--ca names no-such.pem").doesNotContain("Exception");
        Run kafka = Run.of(
                "models", "rollback", "m", "--state", folder.toString(), "--kafka", "h:1", "--kafka-config", "no");
        assertThat(kafka.code()).isEqualTo(1);
        assertThat(kafka.err()).contains("--kafka-config names no").doesNotContain("Exception:");
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "credential", ".txt"), content);
    }

    private static Connection connection(String target, Optional<Path> credential) {
        return new Connection(target, credential, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static @Nullable String value(Metadata headers, String name) {
        return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }
}
