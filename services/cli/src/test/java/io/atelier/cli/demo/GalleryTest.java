package io.atelier.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GalleryTest {
    private static final byte[] PICTURE = Drawing.trousers();

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.write(folder.resolve("a.png"), PICTURE);
        Files.write(folder.resolve("drawing.png"), PICTURE);
        Work work = new Work(
                "a.png", "image", "image.class-conditional", "kafka", "gan", 3, 7, "r1", "<script>alert('x')</script>");
        Judged judged = new Judged("drawing.png", "cnn", 1, List.of(new Judged.Guess("Trouser & more", 0.93f)));
        new Gallery(List.of(work), List.of(), List.of(judged)).write(folder);
    }

    @Test
    void manifestListsEachWorkWithTheAgreedFields() throws IOException {
        JsonNode manifest =
                new ObjectMapper().readTree(folder.resolve("manifest.json").toFile());

        assertThat(manifest).isEqualTo(new ObjectMapper().readTree("""
                                {"works":[{"path":"a.png","kind":"image","task":"image.class-conditional",
                                "entrance":"kafka","model":"gan","version":3,"seed":7,"request_id":"r1"}]}
                                """));
    }

    @Test
    void pageHoldsItsPicturesAndFetchesNothing() throws IOException {
        String page = Files.readString(folder.resolve("index.html"));

        assertThat(page)
                .contains("data:image/png;base64," + Base64.getEncoder().encodeToString(PICTURE))
                .contains("Kafka")
                .contains("seed 7")
                .contains(">AI<")
                .doesNotContain("http://")
                .doesNotContain("https://");
    }

    @Test
    void labelsAreTextOnThePageWhateverTheyHold() throws IOException {
        String page = Files.readString(folder.resolve("index.html"));

        assertThat(page)
                .doesNotContain("<script")
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")
                .contains("Trouser &amp; more");
    }
}
