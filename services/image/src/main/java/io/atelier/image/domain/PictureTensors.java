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
        return of(spec, side(spec, 0, manifest), side(spec, 1, manifest), manifest);
    }

    /** The same for a model that leaves the size open. */
    static PictureTensor of(TensorSpec spec, int height, int width, ModelManifest manifest) {
        String layout = spec.layout().orElse("");
        try {
            return PictureTensor.of(
                    height,
                    width,
                    spec.channels().orElse(""),
                    layout,
                    spec.range().orElse(""),
                    spec.mean(),
                    spec.deviation());
        } catch (IllegalArgumentException e) {
            throw broken(manifest, e);
        }
    }

    /** A picture's height (0) or width (1); -1 where the model leaves it open. */
    static int side(TensorSpec spec, int which, ModelManifest manifest) {
        try {
            int height = spec.layout().orElse("").equals("NHWC") ? 1 : 2;
            return Math.toIntExact(spec.shape().get(height + which));
        } catch (ArithmeticException | IndexOutOfBoundsException e) {
            throw broken(manifest, e);
        }
    }

    private static RuntimeException broken(ModelManifest manifest, RuntimeException why) {
        return Problem.of(
                        ErrorCode.BROKEN_PACKAGE,
                        "The model " + manifest.name() + "@" + manifest.version()
                                + " does not describe its pictures in known words: " + why.getMessage() + ".")
                .exception(why);
    }
}
