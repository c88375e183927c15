package io.atelier.learn.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import io.atelier.learn.engine.TestEngines;
import io.atelier.learn.train.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Failures of the system and of libtorch, made for real, whose words alone tell what they are. */
class FailuresTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private RuntimeException explained(Throwable failure) {
        try (RunFolder run = RunFolder.open(folder, event -> {})) {
            return Failures.explained(failure, run);
        }
    }

    @Test
    void tensorThatFitsNoMemoryIsOutOfMemory() {
        TestEngines.cpu();
        Throwable refused = catchThrowable(() -> torch.empty(1L << 46));
        assertThat(explained(refused)).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
            assertThat(e.problem().message()).contains("schedule.batch", "There is no checkpoint yet");
        });
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void writeToADeviceWithoutRoomIsAFullDisk() {
        Throwable refused = catchThrowable(() -> Files.writeString(Path.of("/dev/full"), "x"));
        assertThat(explained(new UncheckedIOException((IOException) refused)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.DISK_FULL));
    }

    @Test
    void bugStaysWhatItIs() {
        IllegalStateException bug = new IllegalStateException("a bug");
        assertThat(explained(bug)).isSameAs(bug);
    }
}
