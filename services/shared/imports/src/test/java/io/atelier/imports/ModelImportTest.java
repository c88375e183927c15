package io.atelier.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.atelier.imports.fit.Layout;
import io.atelier.imports.fit.Size;
import io.atelier.imports.fit.Told;
import io.atelier.imports.fit.ValueRange;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.kit.models.TinyClassifier;
import io.atelier.kit.models.TinyForeign;
import io.atelier.kit.models.TinyGraph;
import io.atelier.models.DirectoryModelRepository;
import io.atelier.models.GraphSpec;
import io.atelier.models.ModelManifest;
import io.atelier.models.ModelName;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRef;
import io.atelier.models.ModelTask;
import io.atelier.models.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelImportTest {
    private static final Told BYTES = range(ValueRange.BYTES);

    @TempDir
    Path folder;

    private DirectoryModelRepository repository;

    @BeforeEach
    void open() {
        repository = new DirectoryModelRepository(folder.resolve("models"), InstantSource.system());
    }

    @Test
    void fixedClassifierIsServedRowByRowInTheRangeThatWasTold() throws IOException {
        ModelManifest manifest =
                imported(ModelTask.IMAGE_CLASSIFY, TinyForeign.fixedClassifier(), range(ValueRange.UNIT));

        GraphSpec graph = manifest.graph("classifier");
        TensorSpec image = graph.input("image");
        assertThat(image)
                .returns("data", TensorSpec::name)
                .returns(List.of(-1L, 3L, 8L, 8L), TensorSpec::shape)
                .returns(Optional.of("NCHW"), TensorSpec::layout)
                .returns(Optional.of("0..1"), TensorSpec::range)
                .returns(Optional.of("rgb"), TensorSpec::channels);
        assertThat(graph.output("logits").name()).isEqualTo("scores");
        assertThat(manifest.labels()).containsExactly("0", "1", "2");
        assertThat(manifest.limits()).containsEntry("batch", 1L);
        assertThat(manifest.license()).isEmpty();
    }

    @Test
    void layoutRangeAndProbabilitiesAreFoundWhereTheGraphTellsThem() throws IOException {
        ModelManifest manifest =
                imported(ModelTask.IMAGE_CLASSIFY, TinyForeign.byteClassifier(16, 16), labels("red", "green", "blue"));

        GraphSpec graph = manifest.graph("classifier");
        assertThat(graph.input("image"))
                .returns(List.of(-1L, 16L, 16L, 3L), TensorSpec::shape)
                .returns(Optional.of("NHWC"), TensorSpec::layout)
                .returns(Optional.of("0..255"), TensorSpec::range);
        assertThat(graph.output("probabilities").name()).isEqualTo("odds");
        assertThat(manifest.labels()).containsExactly("red", "green", "blue");
        assertThat(manifest.limits().get("batch")).isGreaterThan(1);
    }

    @Test
    void meanTellsTheRangeAndIsKeptWithTheDeviation() throws IOException {
        Told told = new Told(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(0.485f, 0.456f, 0.406f),
                List.of(0.229f, 0.224f, 0.225f),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of());
        TensorSpec image = imported(ModelTask.IMAGE_CLASSIFY, TinyForeign.fixedClassifier(), told)
                .graph("classifier")
                .input("image");

        assertThat(image.range()).contains("0..1");
        assertThat(image.mean()).containsExactly(0.485f, 0.456f, 0.406f);
        assertThat(image.deviation()).containsExactly(0.229f, 0.224f, 0.225f);
    }

    @Test
    void openSizeOfAClassifierMustBeTold() throws IOException {
        Problem refusal = refusal(ModelTask.IMAGE_CLASSIFY, TinyForeign.byteClassifier(-1, -1), Told.NOTHING);
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNDECIDED);
        assertThat(refusal.field()).contains("--size");

        Told sized = new Told(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(new Size(24, 12)),
                List.of(),
                Map.of());
        assertThat(imported(ModelTask.IMAGE_CLASSIFY, TinyForeign.byteClassifier(-1, -1), sized)
                        .graph("classifier")
                        .input("image")
                        .shape())
                .containsExactly(-1L, 12L, 24L, 3L);
    }

    @Test
    void rangeThatNothingTellsIsAskedForByItsOption() {
        Problem refusal = refusal(ModelTask.IMAGE_CLASSIFY, TinyForeign.fixedClassifier(), Told.NOTHING);

        assertThat(refusal.code()).isEqualTo(ErrorCode.UNDECIDED);
        assertThat(refusal.field()).contains("--range");
        assertThat(refusal.message()).contains("\"data\"").contains("--range 0..255|0..1|-1..1");
    }

    @Test
    void layoutThatNothingTellsIsAskedForByItsOption() throws IOException {
        TinyGraph square = new TinyGraph("square")
                .input(TensorSpec.of("x", "", "float32", 1L, 3L, 8L, 3L))
                .output(TensorSpec.of("y", "", "float32", 1L, 72L))
                .node("Flatten", "y", "x");
        Problem refusal = refusal(ModelTask.IMAGE_CLASSIFY, square, BYTES);
        assertThat(refusal.field()).contains("--layout");
        assertThat(refusal.message()).contains("(1, 3, 8, 3)");

        Told told = new Told(
                Optional.of(Layout.NHWC),
                Optional.of(ValueRange.BYTES),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of());
        assertThat(imported(ModelTask.IMAGE_CLASSIFY, square, told)
                        .graph("classifier")
                        .input("image")
                        .layout())
                .contains("NHWC");
    }

    @Test
    void classesThatNothingTellsAndScoresThatSeveralOutputsCouldBeAreAskedFor() throws IOException {
        TinyGraph two = TinyForeign.fixedClassifier().output(TensorSpec.of("flat", "", "float32", 1L, 3L));
        Problem refusal = refusal(ModelTask.IMAGE_CLASSIFY, two, BYTES);
        assertThat(refusal.field()).contains("--role");
        assertThat(refusal.message()).contains("\"scores\", \"flat\"");

        TinyGraph sum = new TinyGraph("sum")
                .input(TensorSpec.of("z", "", "float32", -1L, 3L))
                .input(TensorSpec.of("y", "", "int64", -1L))
                .output(TensorSpec.of("picture", "", "float32", -1L, 1L, 1L, 3L))
                .longs("shape", new long[] {-1, 1, 1, 3}, 4)
                .longs("column", new long[] {-1, 1}, 2)
                .node("Reshape", "rows", "y", "column")
                .node("Add", "twice", "rows", "rows")
                .node("Shape", "unused", "twice")
                .node("Reshape", "made", "z", "shape")
                .node("Tanh", "picture", "made");
        assertThat(refusal(ModelTask.IMAGE_CLASS_CONDITIONAL, sum, Told.NOTHING).field())
                .contains("--labels");
    }

    @Test
    void labelsThatAreNotAsManyAsTheClassesAreRefusedWithBothNumbers() {
        Problem refusal = refusal(ModelTask.IMAGE_CLASSIFY, TinyForeign.byteClassifier(8, 8), labels("red", "green"));

        assertThat(refusal.field()).contains("--labels");
        assertThat(refusal.message()).contains("3 classes").contains("2 lines");
    }

    @Test
    void ofSeveralRowsOfScoresTheSoftmaxIsTaken() throws IOException {
        Path drafts = folder.resolve("drafts");
        TinyClassifier.named("three").draft(drafts);
        Path onnx = drafts.resolve("three-classifier.onnx");
        ModelManifest manifest = run(ModelTask.IMAGE_CLASSIFY, onnx, range(ValueRange.SIGNED));

        assertThat(manifest.graph("classifier").output("probabilities").name()).isEqualTo("probabilities");
        assertThat(manifest.graph("classifier").outputs()).hasSize(3);
    }

    @Test
    void generatorWithoutClassesTakesALatentOfAnyRank() throws IOException {
        ModelManifest manifest = imported(ModelTask.IMAGE_CLASS_CONDITIONAL, TinyForeign.generator(), Told.NOTHING);

        GraphSpec graph = manifest.graph("generator");
        assertThat(graph.input("latent").shape()).containsExactly(-1L, 4L, 1L, 1L);
        assertThat(graph.output("image").range()).contains("-1..1");
        assertThat(manifest.labels()).isEmpty();
    }

    @Test
    void generatorsClassesAreCountedInTheTableTheyAreLookedUpIn() throws IOException {
        ModelManifest manifest = imported(ModelTask.IMAGE_CLASS_CONDITIONAL, TinyForeign.colours(), Told.NOTHING);

        GraphSpec graph = manifest.graph("generator");
        assertThat(graph.input("label").shape()).containsExactly(-1L, 1L);
        assertThat(graph.output("image"))
                .returns(Optional.of("NHWC"), TensorSpec::layout)
                .returns(Optional.of("0..1"), TensorSpec::range);
        assertThat(manifest.labels()).hasSize(3);
    }

    @Test
    void moreLabelsThanTheTableHasAreRefusedByTheTrial() {
        Problem refusal = refusal(
                ModelTask.IMAGE_CLASS_CONDITIONAL, TinyForeign.colours(), labels("red", "green", "blue", "beige"));

        assertThat(refusal.field()).contains("--labels");
        assertThat(refusal.message()).contains("4 classes");
    }

    @Test
    void networkFromPictureToPictureIsAStylizerOfItsFixedOrOfAnySize() throws IOException {
        GraphSpec fixed = imported(ModelTask.IMAGE_STYLE, TinyForeign.negative(1, 32, 48), BYTES)
                .graph("stylizer");
        assertThat(fixed.input("image").shape()).containsExactly(-1L, 3L, 32L, 48L);
        assertThat(fixed.output("image").shape()).containsExactly(-1L, 3L, 32L, 48L);

        GraphSpec open = imported(ModelTask.IMAGE_STYLE, TinyForeign.negative(-1, -1, -1), BYTES)
                .graph("stylizer");
        assertThat(open.inputs()).hasSize(1);
        assertThat(open.input("image").shape()).containsExactly(-1L, 3L, -1L, -1L);
        assertThat(open.output("image"))
                .returns(List.of(-1L, 3L, -1L, -1L), TensorSpec::shape)
                .returns(Optional.of("0..255"), TensorSpec::range);
    }

    @Test
    void cardTellsWhereTheModelIsFromAndWhatIsNotKnown() throws IOException {
        imported(ModelTask.IMAGE_STYLE, TinyForeign.negative(1, 32, 32), BYTES);

        String card =
                Files.readString(repository.open(ModelRef.parse("foreign")).file("README.md"));
        assertThat(card)
                .contains("Imported with `atelier models import`")
                .contains("licence: unknown")
                .contains("producer: \"atelier-kit\"")
                .contains("ai.onnx 17")
                .containsPattern("`stylizer.onnx`, sha256 [0-9a-f]{64}");
    }

    @Test
    void weightsBesideTheModelComeAlong() throws IOException {
        Files.createDirectories(folder.resolve("source"));
        Files.write(
                folder.resolve("source/weights.bin"),
                ByteBuffer.allocate(12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(8, 255)
                        .array());
        var model = TinyForeign.negative(1, 32, 32).builder();
        model.getGraphBuilder()
                .getInitializerBuilder(0)
                .clearFloatData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", "weights.bin"))
                .addExternalData(entry("offset", "8"))
                .addExternalData(entry("length", "4"));
        Path onnx = Files.write(folder.resolve("source/any.onnx"), model.build().toByteArray());
        run(ModelTask.IMAGE_STYLE, onnx, BYTES);

        ModelPackage found = repository.open(ModelRef.parse("foreign"));
        assertThat(found.file("weights.bin")).exists();
        repository.verify(found);
    }

    @Test
    void latentAndOneHotClassAreToldApartByTheLabelsOrByTheirRoles() throws IOException {
        TinyGraph graph = new TinyGraph("hot")
                .input(TensorSpec.of("a", "", "float32", -1L, 12L))
                .input(TensorSpec.of("b", "", "float32", -1L, 3L))
                .output(TensorSpec.of("picture", "", "float32", -1L, 1L, 4L, 3L))
                .longs("shape", new long[] {-1, 1, 4, 3}, 4)
                .floats("table", new float[36], 3, 12)
                .node("MatMul", "shift", "b", "table")
                .node("Add", "sum", "a", "shift")
                .node("Tanh", "flat", "sum")
                .node("Reshape", "picture", "flat", "shape");
        Told nchw = new Told(
                Optional.of(Layout.NCHW),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of("b", "label"));
        assertThat(refusal(ModelTask.IMAGE_CLASS_CONDITIONAL, graph, Told.NOTHING)
                        .field())
                .contains("--role");
        GraphSpec told =
                imported(ModelTask.IMAGE_CLASS_CONDITIONAL, graph, nchw).graph("generator");
        assertThat(told.input("label")).returns("b", TensorSpec::name).returns("float32", TensorSpec::type);
        assertThat(told.input("latent").name()).isEqualTo("a");
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static Told range(ValueRange range) {
        return new Told(
                Optional.empty(),
                Optional.of(range),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of());
    }

    private static Told labels(String... labels) {
        return new Told(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(labels),
                Map.of());
    }

    private ModelManifest imported(ModelTask task, TinyGraph graph, Told told) throws IOException {
        return run(task, Files.write(folder.resolve("model.onnx"), graph.model()), told);
    }

    private Problem refusal(ModelTask task, TinyGraph graph, Told told) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, () -> imported(task, graph, told));
        assertThat(repository.names()).as("nothing was published").isEmpty();
        return refused.problem();
    }

    private ModelManifest run(ModelTask task, Path onnx, Told told) throws IOException {
        return new ModelImport(repository)
                .run(new ImportRequest(
                        onnx,
                        new ModelName("foreign"),
                        task,
                        told,
                        Optional.empty(),
                        Duration.ofSeconds(60),
                        OptionalLong.empty()))
                .manifest();
    }
}
