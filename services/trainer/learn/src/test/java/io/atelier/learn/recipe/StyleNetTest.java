package io.atelier.learn.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.learn.data.NamedPicture;
import io.atelier.learn.data.StylePictures;
import io.atelier.learn.engine.Engine;
import io.atelier.learn.engine.Tensors;
import io.atelier.learn.engine.TestEngines;
import io.atelier.learn.nets.OwnMoments;
import io.atelier.learn.nets.StyleNet;
import io.atelier.learn.ops.ExternalData;
import io.atelier.learn.ops.Init;
import io.atelier.learn.ops.OnnxRun;
import io.atelier.learn.ops.Param;
import io.atelier.learn.ops.ParamStore;
import io.atelier.learn.ops.TorchOps;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StyleNetTest {
    private static final Engine ENGINE = TestEngines.cpu();
    private static final int STYLES = 3;

    private final PointerScope scope = new PointerScope();
    private final NoGradGuard guard = new NoGradGuard();
    private final ParamStore store = new ParamStore(ENGINE.device(), 3);
    private final StyleNet net = new StyleNet(store, new StyleNet.Shape(STYLES, List.of(4, 6, 8), 1, 2));
    private final StyleExport export = new StyleExport(
            net,
            new StylePictures(
                    List.of("a", "b", "c").stream()
                            .map(name -> new NamedPicture(name, 1, 1, new float[3]))
                            .toList(),
                    List.of(),
                    new TreeMap<>(),
                    List.of()));

    /** A fresh network treats all paintings alike. */
    @BeforeEach
    void tellPaintingsApart() {
        torch.manual_seed(2);
        for (Param param : store.all()) {
            if (param.name().endsWith(".gain") || param.name().endsWith(".bias") && param.shape().length == 2) {
                param.tensor()
                        .copy_(Tensor.create(
                                Init.normal(0.3).values(param.name().hashCode(), param.shape()), param.shape()));
            }
        }
    }

    @AfterEach
    void close() {
        store.close();
        guard.close();
        scope.close();
    }

    private static Tensor style(float... weights) {
        return Tensors.of(ENGINE, weights, 1, STYLES);
    }

    private static Tensor noise(int height, int width) {
        return torch.randn(1, 2, height / StyleNet.NOISE_SIDE, width / StyleNet.NOISE_SIDE);
    }

    private static void assertAlike(float[] actual, Tensor expected) {
        float largest = (float) expected.abs().max().item_double();
        assertThat(actual).usingComparatorWithPrecision(1e-4f * largest).containsExactly(Tensors.floats(expected));
    }

    @ParameterizedTest
    @CsvSource({"48,64", "80,48"})
    void exportedGraphPaintsTheSamePictureOfAnySizeAndTellsTheSameMoments(int height, int width) throws Exception {
        Tensor picture = torch.rand(1, 3, height, width);
        Tensor noise = noise(height, width);
        Tensor style = style(0.25f, 0, 0.75f);
        OwnMoments<Tensor> own = new OwnMoments<>();
        Tensor expected = net.framed(new TorchOps(false), picture, style, noise, own);
        assertThat(expected.shape()).containsExactly(1, 3, height, width);
        try (OnnxRun onnx = new OnnxRun(export.whole(ExternalData.NONE))) {
            Map<String, Tensor> inputs = Map.of("image", picture, "style", style, "noise", noise);
            assertAlike(onnx.run("stylised", inputs), expected);
            assertAlike(onnx.run("moments", inputs), own.all());
        }
    }

    @Test
    void partOfAPictureIsPaintedAsTheWholeIsByTheMomentsOfTheWhole() throws Exception {
        int reach = net.shape().reach();
        int side = 64 + 2 * reach;
        Tensor picture = torch.rand(1, 3, side, side);
        Tensor noise = noise(side, side);
        Tensor style = style(0, 1, 0);
        OwnMoments<Tensor> own = new OwnMoments<>();
        Tensor whole = net.forward(new TorchOps(false), picture, style, noise, own);
        int from = 16;
        int part = 32 + 2 * reach;
        try (OnnxRun onnx = new OnnxRun(export.tile(ExternalData.NONE))) {
            float[] painted = onnx.run(
                    "stylised",
                    Map.of(
                            "image", picture.narrow(2, from, part).narrow(3, from, part),
                            "style", style,
                            "noise", noise.narrow(2, from / 4, part / 4).narrow(3, from / 4, part / 4),
                            "moments", own.all()));
            Tensor inner = Tensors.of(ENGINE, painted, 1, 3, part, part)
                    .narrow(2, reach, 32)
                    .narrow(3, reach, 32);
            assertAlike(Tensors.floats(inner), whole.narrow(2, from + reach, 32).narrow(3, from + reach, 32));
        }
    }

    @Test
    void mixtureOfPaintingsLiesBetweenAndNoiseMakesOtherStrokes() {
        Tensor picture = torch.rand(1, 3, 48, 48);
        Tensor noise = noise(48, 48);
        Tensor first = net.framed(new TorchOps(false), picture, style(1, 0, 0), noise, new OwnMoments<>());
        Tensor second = net.framed(new TorchOps(false), picture, style(0, 1, 0), noise, new OwnMoments<>());
        Tensor mixed = net.framed(new TorchOps(false), picture, style(0.5f, 0.5f, 0), noise, new OwnMoments<>());
        double apart = first.sub(second).square().mean().item_double();
        assertThat(apart).isPositive();
        assertThat(mixed.sub(first).square().mean().item_double()).isBetween(0.01 * apart, apart);
        assertThat(mixed.sub(second).square().mean().item_double()).isBetween(0.01 * apart, apart);
        Tensor stirred = net.framed(new TorchOps(false), picture, style(1, 0, 0), noise(48, 48), new OwnMoments<>());
        assertThat(stirred.sub(first).square().mean().item_double()).isPositive();
    }
}
