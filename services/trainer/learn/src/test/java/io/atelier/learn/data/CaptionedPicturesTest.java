package io.atelier.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionedPicturesTest {
    private static final String HEAD = "file\ttags\tvariant\n";
    private static final ClassSet SET = new ClassSet(
            List.of(),
            new PictureForm(Channels.RGB, 2, 2, PictureForm.Fit.SCALE),
            Keep.ALL,
            new HeldOut(Pattern.compile("(?!)"), 1000, 999),
            new CaptionRule(
                    "captions.tsv",
                    "file",
                    "tags",
                    Map.of("variant", "0"),
                    List.of(
                            new KeywordRule("fruit", Set.of("fruit"), Set.of("tree")),
                            new KeywordRule("plant", Set.of("plant", "tree"), Set.of()))));

    @TempDir
    Path folder;

    private void write(String table) throws IOException {
        for (String name : List.of("a.png", "b.png", "c.png", "d.png", "e.png")) {
            Files.write(folder.resolve(name), TestFiles.picture("png", 2, name.hashCode() | 0xFF000000));
        }
        Files.writeString(folder.resolve("captions.tsv"), HEAD + table);
    }

    private static void refused(Path data, ErrorCode code, String... parts) {
        assertThatThrownBy(() -> PictureFolders.read(data, SET))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code))
                .hasMessageContainingAll(parts);
    }

    @Test
    void pictureBelongsToTheFirstClassItsKeywordsFit() throws IOException {
        write("a.png\tred | fruit\t0\nb.png\tfruit | tree\t0\nc.png\tplant\t0\nd.png\tfruit\t1\ne.png\trock\t0\n");
        Corpus corpus = PictureFolders.read(folder, SET);
        assertThat(corpus.train().labelNames()).containsExactly("fruit", "plant");
        assertThat(corpus.train().labels()).containsExactly(0, 1, 1);
        assertThat(corpus.files()).containsKey("captions.tsv");
    }

    @Test
    void tableIsReadWithinAnArchiveAsBesideIt() throws IOException {
        write("a.png\tfruit\t0\nb.png\ttree\t0\n");
        Path zip = folder.resolve("pictures.zip");
        TestFiles.zip(
                zip,
                Map.of(
                        "set/a.png", Files.readAllBytes(folder.resolve("a.png")),
                        "set/b.png", Files.readAllBytes(folder.resolve("b.png")),
                        "set/captions.tsv", Files.readAllBytes(folder.resolve("captions.tsv"))));
        assertThat(PictureFolders.read(zip, SET).train().pixels())
                .containsExactly(PictureFolders.read(folder, SET).train().pixels());
    }

    @Test
    void missingTableIsRefusedByItsName() throws IOException {
        write("");
        Files.delete(folder.resolve("captions.tsv"));
        refused(folder, ErrorCode.DATA_MISSING, "captions.tsv", "--data");
    }

    @Test
    void brokenTableIsRefusedWithTheLine() throws IOException {
        write("a.png\tfruit\t0\nb.png\ttree\n");
        refused(folder, ErrorCode.DATA_CORRUPT, "2 values in line 3", "3 values");
        Files.writeString(folder.resolve("captions.tsv"), "file\tvariant\na.png\t0\n");
        refused(folder, ErrorCode.DATA_CORRUPT, "no column tags");
        Files.write(folder.resolve("captions.tsv"), "file\ttägs".getBytes(StandardCharsets.ISO_8859_1));
        refused(folder, ErrorCode.DATA_NOT_UTF8, "captions.tsv");
    }

    @Test
    void classWithoutPicturesIsRefused() throws IOException {
        write("a.png\tfruit\t0\n");
        refused(folder, ErrorCode.DATA_MISSING, "plant");
    }
}
