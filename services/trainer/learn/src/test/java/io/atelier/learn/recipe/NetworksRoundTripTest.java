package io.atelier.learn.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.inference.flow.FlowSampler;
import io.atelier.inference.flow.Guidance;
import io.atelier.inference.flow.Solver;
import io.atelier.learn.data.LabelledPictures;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.engine.TestEngines;
import io.atelier.learn.nets.ConvClassifier;
import io.atelier.learn.nets.Discriminator;
import io.atelier.learn.nets.FlowNet;
import io.atelier.learn.nets.Generator;
import io.atelier.learn.nets.SpreadGenerator;
import io.atelier.learn.ops.ExternalData;
import io.atelier.learn.ops.OnnxGraph;
import io.atelier.learn.ops.OnnxOps;
import io.atelier.learn.ops.OnnxRun;
import io.atelier.learn.ops.Param;
import io.atelier.learn.ops.ParamStore;
import io.atelier.learn.ops.TorchOps;
import io.atelier.learn.ops.Value;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every network of a recipe, exported, gives libtorch's numbers to 1e-4 of the largest, and the same decision. */
class NetworksRoundTripTest {
    private static final Engine ENGINE = TestEngines.cpu();
    private static final int COUNT = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void classifierGivesTheSameLogitsFeaturesAndProbabilities(int convolutions) throws Exception {
        try (ParamStore store = new ParamStore(ENGINE.device(), 3);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            ConvClassifier net = new ConvClassifier(
                    store, new ConvClassifier.Shape(1, 28, List.of(8, 12, 16), convolutions, 32, 10, 0.1, 0.3));
            torch.manual_seed(1);
            Tensor pictures = torch.randn(COUNT, 1, 28, 28);
            settle(() -> net.forward(new TorchOps(true), torch.randn(16, 1, 28, 28)));
            ConvClassifier.Output<Tensor> expected = net.forward(new TorchOps(false), pictures);
            try (OnnxRun onnx = new OnnxRun(new ClassifierExport(net, form(1, 28, 10)).graph(ExternalData.NONE))) {
                Map<String, Tensor> inputs = Map.of("image", pictures);
                assertAlike(onnx.run("logits", inputs), Tensors.floats(expected.logits()), 10);
                assertAlike(onnx.run("features", inputs), Tensors.floats(expected.features()), 32);
                float[] probabilities = Tensors.floats(torch.softmax(expected.logits(), 1));
                assertAlike(onnx.run("probabilities", inputs), probabilities, 10);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,6", "2,6"})
    void generatorMakesTheSamePictures(int residual, int refine) throws Exception {
        try (ParamStore store = new ParamStore(ENGINE.device(), 3);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            SpreadGenerator net = new SpreadGenerator(
                    new Generator(store, new Generator.Shape(16, 8, 3, 32, 4, List.of(24, 16, 12), residual, refine)),
                    1.2);
            torch.manual_seed(1);
            Tensor latent = torch.randn(COUNT, 16);
            Tensor label = Tensors.labels(ENGINE, 2, 0, 1, 1, 2);
            settle(() -> net.forward(new TorchOps(true), torch.randn(COUNT, 16), label));
            float[] expected = Tensors.floats(net.forward(new TorchOps(false), latent, label));
            try (OnnxRun onnx = new OnnxRun(new GeneratorExport(net, form(4, 32, 3)).graph(ExternalData.NONE))) {
                float[] actual = onnx.run("image", Map.of("latent", latent, "label", label));
                assertAlike(actual, expected, 4 * 32 * 32);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, COUNT})
    void discriminatorGivesTheSameScores(int group) throws Exception {
        try (ParamStore store = new ParamStore(ENGINE.device(), 3);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Discriminator net = new Discriminator(store, new Discriminator.Shape(4, 3, List.of(8, 12, 16), 16, group));
            torch.manual_seed(1);
            Tensor pictures = torch.randn(COUNT, 4, 32, 32);
            Tensor label = Tensors.labels(ENGINE, 2, 0, 1, 1, 2);
            OnnxGraph graph = new OnnxGraph("discriminator");
            Value image = graph.floatInput("image", -1, 4, 32, 32);
            graph.output("score", net.forward(new OnnxOps(graph), image, graph.longInput("label", -1)));
            try (OnnxRun onnx = new OnnxRun(graph.toBytes())) {
                float[] actual = onnx.run("score", Map.of("image", pictures, "label", label));
                assertAlike(actual, Tensors.floats(net.forward(new TorchOps(false), pictures, label)), COUNT);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void velocityNetworkTellsTheSameVelocitiesAtEveryRowsOwnTime(int sizes) throws Exception {
        try (ParamStore store = new ParamStore(ENGINE.device(), 3);
                PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            FlowNet net = new FlowNet(
                    store, new FlowNet.Shape(4, 32, 3, List.of(16, 24, 32).subList(0, sizes), 20, 2));
            torch.manual_seed(1);
            for (Param param : store.all()) { // a fresh network tells nothing
                param.tensor().add_(torch.randn(param.shape()).mul(new Scalar(0.1)));
            }
            Tensor picture = torch.randn(COUNT, 4, 32, 32);
            Tensor time = Tensors.of(ENGINE, new float[] {0, 0.25f, 0.5f, 0.99f, 1}, COUNT);
            Tensor label = Tensors.labels(ENGINE, 2, 0, 1, net.shape().anyLabel(), 2);
            float[] expected = Tensors.floats(net.forward(new TorchOps(false), picture, time, label));
            FlowSampler sampler = new FlowSampler(Solver.EULER, 1, Guidance.always(1), 1);
            try (OnnxRun onnx = new OnnxRun(new FlowExport(net, form(4, 32, 3), sampler).graph(ExternalData.NONE))) {
                Map<String, Tensor> inputs = Map.of("x", picture, "time", time, "label", label);
                assertAlike(onnx.run("velocity", inputs), expected, 4 * 32 * 32);
            }
        }
    }

    @Test
    void sameNetworkExportsTheSameBytes() {
        try (ParamStore one = new ParamStore(ENGINE.device(), 3);
                ParamStore two = new ParamStore(ENGINE.device(), 3)) {
            Generator.Shape shape = new Generator.Shape(16, 8, 3, 32, 4, List.of(24, 16, 12), 1, 6);
            assertThat(graph(new Generator(one, shape))).isEqualTo(graph(new Generator(two, shape)));
        }
    }

    private static byte[] graph(Generator net) {
        return new GeneratorExport(new SpreadGenerator(net, 1), form(4, 32, 3)).graph(ExternalData.NONE);
    }

    /** Moves running statistics away from 0 and 1, which would hide mistakes. */
    private static void settle(Runnable trainingPass) {
        for (int i = 0; i < 5; i++) {
            trainingPass.run();
        }
    }

    private static LabelledPictures form(int channels, int side, int classes) {
        List<String> names = java.util.stream.IntStream.range(0, classes)
                .mapToObj(i -> "class" + i)
                .toList();
        return new LabelledPictures(channels, side, side, new float[0], new int[0], names);
    }

    private static void assertAlike(float[] actual, float[] expected, int row) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isPositive();
        assertThat(actual).usingComparatorWithPrecision(1e-4f * largest).containsExactly(expected);
        for (int from = 0; from < expected.length; from += row) {
            assertThat(largestIndex(actual, from, row)).isEqualTo(largestIndex(expected, from, row));
        }
    }

    private static int largestIndex(float[] values, int from, int count) {
        int best = from;
        for (int i = from; i < from + count; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }
}
