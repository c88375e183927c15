package io.atelier.learn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFoldersTest {
    private static final PictureForm RGBA = new PictureForm(Channels.RGBA_PREMULTIPLIED, 4, 4, PictureForm.Fit.EXACT);
    private static final int RED = 0xFFFF0000;
    private static final int BLUE = 0xFF0000FF;

    @TempDir
    Path folder;

    private Map<String, byte[]> twoClasses() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("pictures/red/a.png", TestFiles.picture("png", 4, RED));
        files.put("pictures/red/deep/b.png", TestFiles.picture("png", 4, 0x80FF0000));
        files.put("pictures/blue/a.png", TestFiles.picture("png", 4, BLUE));
        files.put("pictures/blue/notes.txt", new byte[] {1});
        return files;
    }

    private Path zip(Map<String, byte[]> files) throws IOException {
        Path zip = folder.resolve("set.zip");
        TestFiles.zip(zip, files);
        return zip;
    }

    @Test
    void folderAndArchiveGiveTheSamePictures() throws IOException {
        Corpus zipped = PictureFolders.read(zip(twoClasses()), ClassSet.byFolder(RGBA));
        Path tree = folder.resolve("tree");
        for (Map.Entry<String, byte[]> file : twoClasses().entrySet()) {
            TestFiles.write(tree.resolve(file.getKey()), file.getValue());
        }
        Corpus plain = PictureFolders.read(tree, ClassSet.byFolder(RGBA));
        assertThat(plain.train().pixels()).containsExactly(zipped.train().pixels());
        assertThat(plain.train().labels()).containsExactly(zipped.train().labels());
        assertThat(plain.train().labelNames()).containsExactly("blue", "red");
        assertThat(plain.train().count() + plain.heldOut().count()).isEqualTo(3);
        assertThat(zipped.files()).containsOnlyKeys("set.zip");
        assertThat(plain.files()).containsOnlyKeys("tree/");
    }

    @Test
    void folderWithOnlyOneArchiveStandsForIt() throws IOException {
        zip(twoClasses());
        assertThat(PictureFolders.read(folder, ClassSet.byFolder(RGBA)).files()).containsOnlyKeys("set.zip");
    }

    @Test
    void colourIsMultipliedByAlpha() throws IOException {
        Raster raster = Raster.decode("half", TestFiles.picture("png", 4, 0x80FF0000), 100);
        float[] planes = AreaScaler.planes(raster, RGBA);
        assertThat(planes[0]).isCloseTo(128 / 127.5f - 1, within(1e-6f));
        assertThat(planes[16]).isEqualTo(-1);
        assertThat(planes[48]).isCloseTo(128 / 127.5f - 1, within(1e-6f));
    }

    @Test
    void transparentPictureIsWhiteWithoutAlphaChannel() throws IOException {
        Raster raster = Raster.decode("clear", TestFiles.picture("png", 2, 0x00000000), 100);
        assertThat(AreaScaler.planes(raster, new PictureForm(Channels.GREY, 2, 2, PictureForm.Fit.EXACT)))
                .containsOnly(1f);
    }

    @Test
    void greySamplesAreKeptAsTheyStandInTheFile() throws IOException {
        BufferedImage grey = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(0, 0, 0, 100);
        Raster raster = Raster.decode("grey", TestFiles.encode("png", grey), 100);
        assertThat(raster.argb()).containsExactly(0xFF646464);
    }

    @Test
    void otherSizesAreScaledByAreaOrLeftOut() throws IOException {
        Map<String, byte[]> files = twoClasses();
        BufferedImage stripes = new BufferedImage(12, 8, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 96; i++) {
            stripes.setRGB(i % 12, i / 12, i % 2 == 0 ? 0xFFFFFF : 0);
        }
        files.put("pictures/red/large.png", TestFiles.encode("png", stripes));
        assertThat(PictureFolders.read(zip(files), ClassSet.byFolder(RGBA))
                        .notes()
                        .toString())
                .contains("red: 2 pictures");
        float[] scaled = AreaScaler.planes(
                Raster.decode("stripes", files.get("pictures/red/large.png"), 1000),
                new PictureForm(Channels.GREY, 4, 4, PictureForm.Fit.SCALE));
        assertThat(scaled).hasSize(16);
        for (float value : scaled) {
            assertThat(value).isCloseTo(0, within(1e-5f));
        }
    }

    @Test
    void namesThatClimbOutOfTheFolderAreOnlyNames() throws IOException {
        Map<String, byte[]> files = twoClasses();
        files.put("../../escaped.png", TestFiles.picture("png", 4, RED));
        Corpus corpus = PictureFolders.read(zip(files), ClassSet.byFolder(RGBA));
        assertThat(corpus.train().count() + corpus.heldOut().count()).isEqualTo(4);
        assertThat(Files.exists(folder.resolve("../../escaped.png"))).isFalse();
        try (Stream<Path> left = Files.walk(folder)) {
            assertThat(left.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    @Test
    void linksInATreeAreNotFollowed() throws IOException {
        Path tree = folder.resolve("tree");
        TestFiles.write(tree.resolve("a/one.png"), TestFiles.picture("png", 4, RED));
        TestFiles.write(tree.resolve("b/two.png"), TestFiles.picture("png", 4, BLUE));
        TestFiles.write(folder.resolve("outside/2.png"), TestFiles.picture("png", 4, RED));
        Files.createSymbolicLink(tree.resolve("a/link.png"), folder.resolve("outside/2.png"));
        Files.createSymbolicLink(tree.resolve("c"), folder.resolve("outside"));
        Corpus corpus = PictureFolders.read(tree, ClassSet.byFolder(RGBA));
        assertThat(corpus.train().labelNames()).containsExactly("a", "b");
        assertThat(corpus.train().count() + corpus.heldOut().count()).isEqualTo(2);
    }

    @Test
    void limitsNameWhatTheyRefuse() throws IOException {
        Path zip = zip(twoClasses());
        ClassSet set = ClassSet.byFolder(RGBA);
        assertThatThrownBy(() -> PictureFolders.read(zip, set, new ReadLimits(2, 1 << 20, 1 << 20, 200, 100, 1000)))
                .hasMessageContaining("at most 2");
        assertThatThrownBy(() -> PictureFolders.read(zip, set, new ReadLimits(9, 20, 1 << 20, 200, 100, 1000)))
                .hasMessageContaining("at most 20 bytes");
        assertThatThrownBy(() -> PictureFolders.read(zip, set, new ReadLimits(9, 1 << 20, 1 << 20, 200, 15, 1000)))
                .hasMessageContaining("at most 15 pixels");
        assertThatThrownBy(() -> PictureFolders.read(zip, set, new ReadLimits(9, 1 << 20, 1 << 20, 200, 100, 70)))
                .hasMessageContaining("at most 70 values");
    }

    @Test
    void bombInAnArchiveIsRefusedWhileItIsRead() throws IOException {
        Map<String, byte[]> files = twoClasses();
        files.put("pictures/red/bomb.png", new byte[8 << 20]);
        Path zip = zip(files);
        assertThatThrownBy(() -> PictureFolders.read(zip, ClassSet.byFolder(RGBA)))
                .hasMessageContaining("expands too much")
                .hasMessageContaining("bomb.png");
    }

    @Test
    void textNamedAsPictureAndTruncatedPictureAreRefusedByName() throws IOException {
        Map<String, byte[]> files = twoClasses();
        files.put("pictures/red/text.png", "no picture".getBytes(StandardCharsets.UTF_8));
        Path zip = zip(files);
        assertThatThrownBy(() -> PictureFolders.read(zip, ClassSet.byFolder(RGBA)))
                .hasMessageContaining("text.png is no picture");
        byte[] whole = TestFiles.picture("png", 4, RED);
        files.put("pictures/red/text.png", Arrays.copyOf(whole, whole.length / 2));
        TestFiles.zip(zip, files);
        assertThatThrownBy(() -> PictureFolders.read(zip, ClassSet.byFolder(RGBA)))
                .hasMessageContaining("text.png is a broken picture");
    }

    @Test
    void oneFolderIsNoClassSet() throws IOException {
        TestFiles.write(folder.resolve("all/1.png"), TestFiles.picture("png", 4, RED));
        assertThatThrownBy(() -> PictureFolders.read(folder, ClassSet.byFolder(RGBA)))
                .hasMessageContaining("at least 2 folders");
    }

    @Test
    void declaredClassesDropIconsOverlaysAndDoubles() throws IOException {
        String yaml = """
                classes:
                  - {label: floor, folders: 'floor(/.*)?', minCover: 0.9}
                  - {label: item, folders: 'item|gold'}
                form: {channels: rgba-premultiplied, height: 4, width: 4, fit: exact}
                keep: {minBox: 2, minCover: 0.1, distinct: true}
                heldOut: {suffix: '(_?\\d+)+$', parts: 1000, part: 999}
                """;
        ClassSet set = ClassSet.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        BufferedImage icon = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
        icon.setRGB(1, 1, RED);
        BufferedImage overlay = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 8; i++) {
            overlay.setRGB(i % 4, i / 4, BLUE);
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("floor/full.png", TestFiles.picture("png", 4, RED));
        files.put("floor/overlay.png", TestFiles.encode("png", overlay));
        files.put("item/half.png", TestFiles.encode("png", overlay));
        files.put("item/icon.png", TestFiles.encode("png", icon));
        files.put("gold/double.png", TestFiles.encode("png", overlay));
        files.put("other/ignored.png", TestFiles.picture("png", 4, RED));
        Corpus corpus = PictureFolders.read(zip(files), set);
        assertThat(corpus.notes())
                .containsExactly(
                        "floor: 2 pictures, 1 small or sparse, 0 doubles, 1 kept, 0 of them held out",
                        "item: 3 pictures, 1 small or sparse, 1 doubles, 1 kept, 0 of them held out");
        assertThat(corpus.train().labels()).containsExactly(0, 1);
    }

    @Test
    void unknownKeyOfAClassSetIsRefused() {
        byte[] yaml =
                "form: {channels: grey, height: 4, width: 4, fit: exact}\nkeeep: {}\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ClassSet.read(new ByteArrayInputStream(yaml))).hasMessageContaining("keeep");
    }

    @Test
    void variantsOfOneDrawingFallOnTheSameSide() {
        HeldOut heldOut = ClassSet.dcssTiles().heldOut();
        assertThat(heldOut.stem("item/weapon/sword_2_red.png")).isEqualTo("item/weapon/sword");
        assertThat(heldOut.stem("item/weapon/sword3.png")).isEqualTo("item/weapon/sword");
        assertThat(heldOut.holds("item/weapon/sword_red.png")).isEqualTo(heldOut.holds("item/weapon/sword.png"));
    }
}
