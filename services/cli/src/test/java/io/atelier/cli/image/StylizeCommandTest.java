package io.atelier.cli.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.cli.CommandException;
import io.atelier.proto.image.v1.FixedSize;
import io.atelier.proto.image.v1.ImageFormat;
import io.atelier.proto.image.v1.StylizeImageRequest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StylizeCommandTest {
    @Test
    void whatIsSaidIsAskedFor() {
        StylizeImageRequest request = command(
                        "a.jpg",
                        "--model=style",
                        "--blend",
                        "wave=0.25",
                        "--blend",
                        "fuji=0.75",
                        "--strength=0",
                        "--keep-colours",
                        "--seed=0",
                        "--size=800",
                        "--format=JPEG",
                        "--fixed-size=RESIZE",
                        "--preview-every=2")
                .request();
        assertThat(request.getBlendMap())
                .containsEntry("wave", 0.25)
                .containsEntry("fuji", 0.75)
                .hasSize(2);
        assertThat(request.hasStrength() && request.hasSeed()).isTrue();
        assertThat(request.getStrength()).isZero();
        assertThat(request.getSeed()).isZero();
        assertThat(request.getKeepColours()).isTrue();
        assertThat(request.getSize()).isEqualTo(800);
        assertThat(request.getFormat()).isEqualTo(ImageFormat.IMAGE_FORMAT_JPEG);
        assertThat(request.getFixedSize()).isEqualTo(FixedSize.FIXED_SIZE_RESIZE);
        assertThat(request.getPreviewEvery()).isEqualTo(2);
    }

    @Test
    void whatIsNotSaidIsLeftToTheModel() {
        StylizeImageRequest request =
                command("a.jpg", "--model=style", "--style=wave").request();
        assertThat(request.getStyle()).isEqualTo("wave");
        assertThat(request.hasStrength() || request.hasSeed() || request.hasSize() || request.hasPreviewEvery())
                .isFalse();
        assertThat(request.getFixedSize()).isEqualTo(FixedSize.FIXED_SIZE_UNSPECIFIED);
        assertThat(request.getBlendMap()).isEmpty();
    }

    @Test
    void fileIsNamedByThePhotographAndTheManner() {
        assertThat(command("a", "--model=style", "--style=The Great Wave").name(Path.of("/x/my.photo.jpeg")))
                .isEqualTo("my.photo-the-great-wave.png");
        assertThat(command("a", "--model=candy", "--format=JPEG").name(Path.of("b.png")))
                .isEqualTo("b-candy.jpg");
    }

    private static StylizeCommand command(String... arguments) {
        StylizeCommand command = new StylizeCommand();
        new CommandLine(command).parseArgs(arguments);
        return command;
    }

    @Test
    void photographsThatWouldBeWrittenToOneFileAreRefused(@TempDir Path folder) throws IOException {
        Path first = Files.write(Files.createDirectory(folder.resolve("one")).resolve("a.jpg"), new byte[1]);
        Path second = Files.write(Files.createDirectory(folder.resolve("two")).resolve("a.png"), new byte[1]);
        StylizeCommand both = command(first.toString(), second.toString(), "--model=style", "--style=wave");
        assertThatThrownBy(both::requirePaintable)
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("a-wave.png");
        command(first.toString(), "--model=style", "--style=wave").requirePaintable();
    }

    @Test
    void photographBeyondTheLimitIsRefusedBeforeAnythingIsSent(@TempDir Path folder) throws IOException {
        Path large = folder.resolve("large.png");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength((16 << 20) + 1);
        }
        StylizeCommand command = command(large.toString(), "--model=style", "--style=wave");
        assertThatThrownBy(command::requirePaintable)
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("16777216 bytes");
    }
}
