package io.atelier.endpoints.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedFileTest {
    private static final String SETTING = "atelier.security.api-keys";

    @TempDir
    Path folder;

    @Test
    void changedFileIsReadAgainAndABrokenOneChangesNothing() throws IOException {
        Path path = write(entry("ci", "0".repeat(64)));
        MountedFile<List<ApiKey>> file = MountedFile.open(SETTING, path, ApiKeyFile::read);
        assertThat(file.get()).extracting(ApiKey::name).containsExactly("ci");
        write(entry("ci2", "1".repeat(64)));
        file.refresh();
        assertThat(file.get()).extracting(ApiKey::name).containsExactly("ci2");
        for (String broken : List.of("", "{", "{}", "[]", "null", "{\"keys\":[null]}")) {
            Files.writeString(path, broken);
            file.refresh();
            assertThat(file.get()).extracting(ApiKey::name).containsExactly("ci2");
        }
        Files.delete(path);
        file.refresh();
        assertThat(file.get()).extracting(ApiKey::name).containsExactly("ci2");
        write("");
        file.refresh();
        assertThat(file.get()).isEmpty();
    }

    @Test
    void wrongEntriesAreToldByTheirPlaceAndNeverRepeated() throws IOException {
        String hash = "0".repeat(64);
        for (String wrong : List.of(
                "{\"name\":\"ci\",\"key\":\"secret-secret\",\"owner\":\"a\"}",
                "{\"name\":\"ci\",\"sha256\":\"secret-secret\",\"owner\":\"a\"}",
                "{\"name\":\"ci\",\"sha256\":\"" + hash + "\"}",
                "{\"name\":\"ci\",\"sha256\":\"" + hash + "\",\"owner\":\"anonymous\"}",
                "{\"name\":\"ci\",\"sha256\":\"" + hash + "\",\"owner\":\"a\",\"roles\":[\"secret-secret\"]}",
                "{\"name\":\"ci\",\"sha256\":\"" + hash + "\",\"owner\":\"a\",\"expires\":\"secret-secret\"}",
                "{\"name\":secret-secret}",
                entry("ci", hash) + "," + entry("ci", "1".repeat(64)),
                entry("ci", hash) + "," + entry("other", hash))) {
            Path path = write(wrong);
            assertThatThrownBy(() -> MountedFile.open(SETTING, path, ApiKeyFile::read))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(SETTING, path.toString())
                    .hasMessageNotContaining("secret-secret");
        }
    }

    @Test
    void missingAndHugeFilesAreToldByTheirSetting() throws IOException {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> MountedFile.open(SETTING, missing, ApiKeyFile::read))
                .hasMessageContainingAll(SETTING, "missing");
        Path huge = Files.write(folder.resolve("huge"), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> MountedFile.open(SETTING, huge, ApiKeyFile::read))
                .hasMessageContainingAll(SETTING, "1048576");
    }

    private Path write(String entries) throws IOException {
        return Files.write(
                folder.resolve("keys.json"), ("{\"keys\":[" + entries + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private static String entry(String name, String sha256) {
        return "{\"name\":\"" + name + "\",\"sha256\":\"" + sha256 + "\",\"owner\":\"team\"}";
    }
}
