package io.atelier.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {
    @TempDir
    private Path folder;

    @Test
    void whatWasRecordedIsUsedFromThenOn() throws Exception {
        StartCache cache = StartCache.beside(folder.resolve("app.jar"));
        assertThat(cache.isKept()).isFalse();

        Files.writeString(written(cache), "classes");
        cache.keep();

        assertThat(cache.isKept()).isTrue();
        Path used = Path.of(cache.use().getFirst().substring("-XX:AOTCache=".length()));
        assertThat(used).hasContent("classes").hasParent(folder);
    }

    @Test
    void aProcessThatWroteNothingLeavesNoCache() throws Exception {
        StartCache cache = StartCache.beside(folder.resolve("app.jar"));
        cache.keep();
        assertThat(cache.isKept()).isFalse();
    }

    @Test
    void whatAKilledProcessLeftIsForgotten() throws Exception {
        StartCache cache = StartCache.beside(folder.resolve("app.jar"));
        Files.writeString(written(cache), "half");
        cache.forget();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatAnEarlierProcessLeftIsNeverKept() throws Exception {
        StartCache cache = StartCache.beside(folder.resolve("app.jar"));
        Files.writeString(written(cache), "half");

        cache.record();
        cache.keep();

        assertThat(cache.isKept()).isFalse();
    }

    private static Path written(StartCache cache) throws Exception {
        return Path.of(cache.record().getFirst().substring("-XX:AOTCacheOutput=".length()));
    }
}
