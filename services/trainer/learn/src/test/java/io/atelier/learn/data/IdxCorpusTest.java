package io.atelier.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.atelier.kernel.Digest;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxCorpusTest {
    private static final List<String> AB = List.of("a", "b");

    @TempDir
    Path folder;

    @BeforeEach
    void writeFourFiles() throws IOException {
        byte[] two = {0, (byte) 255, 127, (byte) 128};
        TestFiles.gzip(folder.resolve("train-images-idx3-ubyte.gz"), TestFiles.idx(2051, two, 2, 1, 2));
        TestFiles.gzip(folder.resolve("train-labels-idx1-ubyte.gz"), TestFiles.idx(2049, new byte[] {1, 0}, 2));
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), TestFiles.idx(2051, new byte[] {0, 0}, 1, 1, 2));
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), TestFiles.idx(2049, new byte[] {1}, 1));
    }

    private Corpus read() {
        return IdxCorpus.read(folder, AB, ReadLimits.DEFAULT);
    }

    @Test
    void plainAndPackedFilesBecomePicturesBetweenMinusOneAndOne() throws IOException {
        Corpus corpus = read();
        assertThat(corpus.train().pixels()).containsExactly(-1, 1, 127 / 127.5f - 1, 128 / 127.5f - 1);
        assertThat(corpus.train().labels()).containsExactly(1, 0);
        assertThat(corpus.heldOut().count()).isEqualTo(1);
        assertThat(corpus.files())
                .hasSize(4)
                .containsEntry(
                        "t10k-labels-idx1-ubyte",
                        Digest.of(Files.readAllBytes(folder.resolve("t10k-labels-idx1-ubyte"))));
    }

    @Test
    void missingFolderNamesTheFilesAndTheirSource() {
        assertThatThrownBy(() -> IdxCorpus.fashionMnist(folder.resolve("nowhere")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("t10k-labels-idx1-ubyte")
                .hasMessageContaining("zalandoresearch/fashion-mnist");
    }

    @Test
    void swappedFilesAreRefused() throws IOException {
        Files.copy(folder.resolve("t10k-labels-idx1-ubyte"), folder.resolve("train-images-idx3-ubyte"));
        Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
        assertThatThrownBy(this::read).hasMessageContaining("2049").hasMessageContaining("swapped");
    }

    @Test
    void shortAndLongFilesAreRefused() throws IOException {
        Path file = folder.resolve("t10k-images-idx3-ubyte");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(this::read).hasMessageContaining("ends within record 0 of 1");
        Files.write(file, Arrays.copyOf(whole, whole.length + 1));
        assertThatThrownBy(this::read).hasMessageContaining("goes on");
    }

    @Test
    void headerThatAnnouncesGigabytesReservesNone() throws IOException {
        Files.write(
                folder.resolve("t10k-images-idx3-ubyte"),
                TestFiles.idx(2051, new byte[2], Integer.MAX_VALUE, 4096, 4096));
        assertThatThrownBy(this::read).hasMessageContaining("at most 500000000");
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), TestFiles.idx(2051, new byte[2], 400_000_000, 1, 1));
        assertThatThrownBy(this::read).hasMessageContaining("ends within record 2 of 400000000");
    }

    @Test
    void negativeAxisIsRefused() throws IOException {
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), TestFiles.idx(2051, new byte[2], -1, 1, 2));
        assertThatThrownBy(this::read).hasMessageContaining("axis of -1");
    }

    @Test
    void decompressionBombIsRefused() throws IOException {
        byte[] zeros = TestFiles.idx(2051, new byte[4 << 20], 4 << 20, 1, 1);
        Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
        TestFiles.gzip(folder.resolve("train-images-idx3-ubyte.gz"), zeros);
        assertThatThrownBy(this::read).hasMessageContaining("expands too much");
    }

    @Test
    void labelsMustFitPicturesAndClasses() throws IOException {
        Path labels = folder.resolve("t10k-labels-idx1-ubyte");
        Files.write(labels, TestFiles.idx(2049, new byte[] {0, 0}, 2));
        assertThatThrownBy(this::read).hasMessageContaining("one for each of the 1 pictures");
        Files.write(labels, TestFiles.idx(2049, new byte[] {2}, 1));
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ErrorCode.LABEL_OUT_OF_RANGE))
                .hasMessageContaining("record 0")
                .hasMessageContaining("label 2")
                .hasMessageContaining("0..1");
    }

    @Test
    void archiveOfTheFilesIsReadInPlaceInWhicheverOfItsFolders() throws IOException {
        Corpus plain = read();
        Path zip = pack("data/", folder.resolve("fashion.zip"));
        Corpus packed = IdxCorpus.read(zip, AB, ReadLimits.DEFAULT);
        assertThat(packed.train().pixels()).isEqualTo(plain.train().pixels());
        assertThat(packed.heldOut().labels()).isEqualTo(plain.heldOut().labels());
        assertThat(packed.files()).containsOnlyKeys("fashion.zip");
        Path alone = Files.createDirectory(folder.resolve("alone"));
        Files.copy(zip, alone.resolve("fashion.zip"));
        assertThat(IdxCorpus.read(alone, AB, ReadLimits.DEFAULT).train().pixels())
                .isEqualTo(plain.train().pixels());
    }

    @Test
    void archiveIsRefusedByTheNameOfItsEntry() throws IOException {
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), TestFiles.idx(2049, new byte[] {2}, 1));
        Path zip = pack("", folder.resolve("wrong.zip"));
        assertThatThrownBy(() -> IdxCorpus.read(zip, AB, ReadLimits.DEFAULT))
                .hasMessageContaining("wrong.zip!t10k-labels-idx1-ubyte gives record 0 the label 2");
        Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));
        Path lacking = pack("", folder.resolve("lacking.zip"));
        assertThatThrownBy(() -> IdxCorpus.read(lacking, AB, ReadLimits.DEFAULT))
                .hasMessageContaining("lacking.zip has no t10k-labels-idx1-ubyte");
        Files.write(folder.resolve("notes.zip"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> IdxCorpus.read(folder.resolve("notes.zip"), AB, ReadLimits.DEFAULT))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("notes.zip cannot be read");
    }

    @Test
    void archiveWithTwoOfAKindIsRefused() throws IOException {
        Files.copy(folder.resolve("train-labels-idx1-ubyte.gz"), folder.resolve("train-labels-idx1-ubyte"));
        Path zip = pack("", folder.resolve("two.zip"));
        assertThatThrownBy(() -> IdxCorpus.read(zip, AB, ReadLimits.DEFAULT))
                .hasMessageContaining("train-labels-idx1-ubyte.gz")
                .hasMessageContaining("one file of each kind");
    }

    @Test
    void bombInAnArchiveIsRefusedPlainOrPackedTwice() throws IOException {
        byte[] zeros = TestFiles.idx(2051, new byte[4 << 20], 4 << 20, 1, 1);
        Files.delete(folder.resolve("train-images-idx3-ubyte.gz"));
        Files.write(folder.resolve("train-images-idx3-ubyte"), zeros);
        Path plain = pack("", folder.resolve("plain.zip"));
        assertThatThrownBy(() -> IdxCorpus.read(plain, AB, ReadLimits.DEFAULT))
                .hasMessageContaining("expands too much");
        Files.delete(folder.resolve("train-images-idx3-ubyte"));
        TestFiles.gzip(folder.resolve("train-images-idx3-ubyte.gz"), zeros);
        Path twice = pack("", folder.resolve("twice.zip"));
        assertThatThrownBy(() -> IdxCorpus.read(twice, AB, ReadLimits.DEFAULT))
                .hasMessageContaining("expands too much");
    }

    /** The folder's IDX files as an archive. */
    private Path pack(String prefix, Path target) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target));
                Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().contains("ubyte")).toList()) {
                zip.putNextEntry(new ZipEntry(prefix + file.getFileName()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return target;
    }
}
