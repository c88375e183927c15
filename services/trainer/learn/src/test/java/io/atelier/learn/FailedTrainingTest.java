package io.atelier.learn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atelier.learn.engine.TestEngines;
import io.atelier.learn.recipe.FashionFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Trainings that fail, each for real and in a process of its own where it could take this one along. */
@EnabledOnOs(OS.LINUX)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailedTrainingTest {
    private static final String DISK_FULL = "ATELIER-TRAINING-0010";

    /** Bytes that a checkpoint's network does not fit into, and bytes that its optimiser, twice as large, does not. */
    private static final int NETWORK = 1 << 20;

    private static final int OPTIMISER = 4 << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private SmallTraining small;

    @BeforeEach
    void makeData() throws IOException {
        small = SmallTraining.in(folder);
    }

    private record Ran(int exit, List<JsonNode> reports, String err) {
        JsonNode failure() {
            return reports.getLast();
        }
    }

    private Ran child(List<String> options, List<String> line) throws Exception {
        return run(ChildMain.command(options, line));
    }

    private Ran run(List<String> command) throws Exception {
        Path out = Files.createTempFile(folder, "reports", "");
        Path err = Files.createTempFile(folder, "log", "");
        int exit = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        return new Ran(exit, SmallTraining.reports(out), Files.readString(err));
    }

    private static void assertFailed(Ran ran, int exit, String code, String... said) {
        assertThat(ran.exit()).as(ran.err()).isEqualTo(exit);
        assertThat(ran.failure().path("type").asText()).isEqualTo("failed");
        assertThat(ran.failure().path("code").asText()).as(ran.err()).isEqualTo(code);
        assertThat(ran.failure().path("message").asText()).contains(said);
        assertThat(ran.err()).doesNotContain("\tat ");
        assertThat(ran.err().lines().toList().getLast()).startsWith(code + ": ").contains(said);
    }

    @Test
    void fullDiskKeepsTheLastCheckpointAndTheRunGoesOnOnceThereIsRoom() throws Exception {
        TestEngines.cpu(); // unpacks libtorch, which the limited process could not
        List<String> line = small.line("run", 1, "--set", "architecture.stages=[32,64,128]");
        line.addAll(List.of("--set", "architecture.features=512", "--set", "schedule.checkpointEvery=2"));
        line.addAll(List.of("--set", "gate.accuracy=0.0", "--reports"));
        Path saved = folder.resolve("run/checkpoints/step-000000002");
        assertFailed(limitedTo(NETWORK, line), 1, DISK_FULL, "MB are free", "There is no checkpoint yet.");
        line.add("--resume");
        assertFailed(limitedTo(OPTIMISER, line), 1, DISK_FULL, "There is no checkpoint yet.");
        assertThat(saved).doesNotExist();
        assertThat(folder.resolve("run/checkpoints/staged")).as("takes no room").doesNotExist();

        assertThat(inProcess(line).exit()).isZero();
        assertThat(folder.resolve("models-run/cnn-fashion/1/model.json")).exists();
    }

    /** No file may grow larger, which the system refuses as it refuses to write on a full disk. */
    private Ran limitedTo(int bytes, List<String> line) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f " + bytes / 512 + "; exec \"$@\"", "sh"));
        command.addAll(ChildMain.command(List.of("-XX:-UsePerfData"), line));
        return run(command);
    }

    @Test
    void deviceWithoutRoomIsToldAsAFullDisk() throws Exception {
        List<String> line = small.line("run", 1, "--set", "gate.accuracy=0.0");
        Files.createDirectories(folder.resolve("run"));
        Path full = Files.createSymbolicLink(folder.resolve("run/evaluation.json.tmp"), Path.of("/dev/full"));
        InProcess ran = inProcess(line);
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith("ATELIER-TRAINING-0010: ")
                .contains("The checkpoint of step 14 is kept.")
                .doesNotContain("\tat ");
        Files.delete(full);
        line.add("--resume");
        assertThat(inProcess(line).exit()).isZero();
    }

    @Test
    void trainingThatOutgrowsItsMemoryLimitSaysSo() throws Exception {
        List<String> line = small.line("run", 100_000, "--reports", "--memory-limit-mb", "150");
        assertFailed(child(List.of(), line), 1, "ATELIER-TRAINING-0011", "schedule.batch");
    }

    @Test
    void dataThatOutgrowsTheHeapSaysSo() throws Exception {
        FashionFiles.write(folder.resolve("data"), 20_000, 100);
        Ran ran = child(List.of("-Xmx40m"), small.line("run", 1, "--reports"));
        assertFailed(ran, 1, "ATELIER-TRAINING-0011", "Java heap space", "There is no checkpoint yet.");
    }

    @Test
    void severalBadSettingsAreToldAtOnceBeforeLibtorchIsLoaded() throws Exception {
        Path loaded = folder.resolve("classes");
        Ran ran = child(
                List.of("-Xlog:class+load:file=" + loaded),
                small.line("run", 1, "--reports", "--set", "schedule.rate=-1", "--set", "schedule.epoch=3"));
        assertFailed(ran, 2, "ATELIER-REQUEST-0003", "schedule.rate", "schedule.epoch");
        assertThat(ran.reports()).hasSize(1);
        assertThat(ran.failure().path("violations"))
                .extracting(one -> one.path("field").asText())
                .containsExactly("schedule.epoch", "schedule.rate");
        assertThat(Files.readString(loaded)).contains("io.atelier.learn.recipe").doesNotContain("org.bytedeco.pytorch");
    }

    @Test
    void lossThatIsNoNumberNamesTheStepAndKeepsTheCheckpoint() throws IOException {
        List<String> line = small.line("run", 50, "--set", "schedule.optimiser=gradient-descent");
        line.addAll(List.of("--set", "schedule.rate=1000", "--set", "schedule.shape=constant"));
        line.addAll(List.of("--set", "schedule.clip=0.0", "--set", "schedule.checkpointEvery=1"));
        InProcess ran = inProcess(line);
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith("ATELIER-TRAINING-0009: ")
                .containsPattern("loss was no finite number at step \\d+")
                .containsPattern("The checkpoint of step \\d+ is kept")
                .doesNotContain("\tat ");
    }

    private record InProcess(int exit, String err) {}

    private static InProcess inProcess(List<String> line) {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(new StringWriter(), true)).setErr(new PrintWriter(err, true));
        List<String> quiet =
                line.stream().filter(word -> !word.equals("--reports")).toList();
        return new InProcess(command.execute(quiet.toArray(String[]::new)), err.toString());
    }

    private InProcess train(String recipe, Path data) {
        List<String> line = new ArrayList<>(List.of("train", recipe, "--data", data.toString()));
        line.addAll(List.of("--out", folder.resolve("run").toString()));
        line.addAll(List.of("--repository", folder.resolve("models").toString()));
        return inProcess(line);
    }

    private static void assertRefused(InProcess ran, String code, String... said) {
        assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .startsWith(code + ": ")
                .contains(said);
    }

    @Test
    void missingAndEmptyDataAreToldByName() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        String missing = "ATELIER-TRAINING-0005";
        assertRefused(train("cnn-fashion", folder.resolve("nowhere")), missing, "nowhere", "train-images");
        assertRefused(train("cnn-fashion", empty), missing, empty.toString(), "train-images");
        assertRefused(train("gan-tiles", folder.resolve("nowhere")), missing, "nowhere", "does not exist");
        assertRefused(train("gan-tiles", empty), missing, empty.toString(), "holds no picture");
    }

    @Test
    void brokenRecordsAreToldByFileAndNumber() throws IOException {
        Path labels = folder.resolve("data/train-labels-idx1-ubyte");
        byte[] bytes = Files.readAllBytes(labels);
        bytes[8 + 17] = 10;
        Files.write(labels, bytes);
        assertRefused(
                train("cnn-fashion", folder.resolve("data")),
                "ATELIER-TRAINING-0007",
                labels.toString(),
                "record 17",
                "label 10");
        Files.write(labels, Arrays.copyOf(bytes, bytes.length - 3));
        assertRefused(
                train("cnn-fashion", folder.resolve("data")),
                "ATELIER-TRAINING-0006",
                labels.toString(),
                "record 297 of 300");
    }

    @Test
    void brokenPictureAmongGoodOnesIsToldByName() throws IOException {
        Path folderOfClass = Files.createDirectories(folder.resolve("tiles/dngn/floor"));
        Path other = Files.createDirectories(folder.resolve("tiles/item/weapon"));
        ImageIO.write(tile(9), "png", other.resolve("sword.png").toFile());
        for (int i = 0; i < 3; i++) {
            ImageIO.write(
                    tile(i), "png", folderOfClass.resolve("good" + i + ".png").toFile());
        }
        byte[] whole = Files.readAllBytes(folderOfClass.resolve("good0.png"));
        Files.write(folderOfClass.resolve("half.png"), Arrays.copyOf(whole, whole.length / 2));
        assertRefused(
                train("gan-tiles", folder.resolve("tiles")), "ATELIER-TRAINING-0006", "half.png", "broken picture");
    }

    private static BufferedImage tile(int seed) {
        BufferedImage tile = new BufferedImage(32, 32, BufferedImage.TYPE_INT_ARGB);
        for (int i = 0; i < 32 * 32; i++) {
            tile.setRGB(i % 32, i / 32, 0xFF000000 | i * 7919 * (seed + 1));
        }
        return tile;
    }

    @Test
    void pictureWhoseNameIsNoUtf8IsRefused() throws Exception {
        Path tiles = Files.createDirectories(folder.resolve("tiles"));
        ImageIO.write(tile(1), "png", tiles.resolve("sword.png").toFile());
        String copy = "cp sword.png \"$(printf 'ep\\351e').png\""; // in Latin-1
        assertThat(new ProcessBuilder("sh", "-c", copy)
                        .directory(tiles.toFile())
                        .start()
                        .waitFor())
                .isZero();
        assertRefused(train("gan-tiles", tiles), "ATELIER-TRAINING-0008", "ep\uFFFDe.png", "LC_ALL");
    }

    @Test
    void archiveWhoseNamesAreNoUtf8IsRefused() throws IOException {
        Path zip = folder.resolve("tiles.zip");
        try (OutputStream file = Files.newOutputStream(zip);
                ZipOutputStream out = new ZipOutputStream(file, Charset.forName("IBM437"))) {
            out.putNextEntry(new ZipEntry("item/weapon/\u00e9p\u00e9e.png"));
            ImageIO.write(tile(1), "png", out);
            out.closeEntry();
        }
        assertRefused(train("gan-tiles", zip), "ATELIER-TRAINING-0008", "tiles.zip", "UTF-8");
    }
}
