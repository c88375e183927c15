package io.atelier.image.domain;

import io.atelier.artifacts.pictures.PictureTensor;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelManifest;
import io.atelier.models.TensorSpec;

/** Reads how a model takes or gives pictures from its manifest. */
final class PictureTensors {
    private PictureTensors() {}

    /** Throws BROKEN_PACKAGE when the manifest says it in words this service does not know. */
    static PictureTensor of(TensorSpec spec, ModelManifest manifest) {
        String layout = spec.layout().orElse("");
        try {
            int height = layout.equals("NHWC") ? 1 : 2;
            return PictureTensor.of(
                    Math.toIntExact(spec.shape().get(height)),
                    Math.toIntExact(spec.shape().get(height + 1)),
                    spec.channels().orElse(""),
                    layout,
                    spec.range().orElse(""),
                    spec.mean(),
                    spec.deviation());
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw Problem.of(
                            ErrorCode.BROKEN_PACKAGE,
                            "The model " + manifest.name() + "@" + manifest.version()
                                    + " does not describe its pictures in known words: " + e.getMessage() + ".")
                    .exception(e);
        }
    }
}
