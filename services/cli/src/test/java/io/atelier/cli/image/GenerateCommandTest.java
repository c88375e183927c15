package io.atelier.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.proto.image.v1.GenerateImageRequest;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GenerateCommandTest {
    @Test
    void howAFlowIsFollowedIsAskedForAsSaid() {
        GenerateImageRequest request =
                request("--model", "flow-tiles", "--steps", "12", "--guidance", "0", "--sampler", "heun");
        assertThat(request.getSteps()).isEqualTo(12);
        assertThat(request.hasGuidance()).isTrue();
        assertThat(request.getGuidance()).isZero();
        assertThat(request.getSampler()).isEqualTo("heun");
    }

    @Test
    void whatIsNotSaidIsLeftToTheModel() {
        GenerateImageRequest request = request("--model", "flow-tiles");
        assertThat(request.hasSteps() || request.hasGuidance() || request.hasSampler())
                .isFalse();
        assertThat(request.hasSeed() || request.hasCount() || request.hasSize()).isFalse();
    }

    private static GenerateImageRequest request(String... arguments) {
        GenerateCommand command = new GenerateCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.request();
    }
}
