package io.atelier.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.proto.image.v1.FixedSize;
import io.atelier.proto.image.v1.ImageFormat;
import io.atelier.proto.image.v1.StylizeImageRequest;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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
}
