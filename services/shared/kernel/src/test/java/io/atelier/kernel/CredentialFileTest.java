package io.atelier.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialFileTest {
    @TempDir
    private Path folder;

    @Test
    void oneWordIsReadWithoutTheFilesLineEnd() throws IOException {
        assertThat(CredentialFile.read(file("a-key\r\n"))).hasValue("a-key");
        String longest = "k".repeat(CredentialFile.MAX_BYTES);
        assertThat(CredentialFile.read(file(longest))).hasValue(longest);
    }

    @Test
    void whatIsNoCredentialIsNeverTakenInPart() throws IOException {
        String longer = "k".repeat(CredentialFile.MAX_BYTES + 1);
        for (String content : List.of("", "\n", "two words", "two\nlines", "caf\u00e9", longer)) {
            assertThat(CredentialFile.read(file(content))).isEmpty();
        }
        assertThatThrownBy(() -> CredentialFile.read(folder.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "credential", ".txt"), content);
    }
}
