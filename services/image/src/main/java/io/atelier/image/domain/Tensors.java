package io.atelier.image.domain;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelManifest;
import io.atelier.models.TensorSpec;
import java.util.List;

/** Finds a graph's tensors by what they mean. */
final class Tensors {
    private Tensors() {}

    static TensorSpec ofRole(String role, List<TensorSpec> tensors, ModelManifest manifest) {
        return tensors.stream()
                .filter(tensor -> tensor.role().equals(role))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                ErrorCode.BROKEN_PACKAGE,
                                "The model " + manifest.name() + "@" + manifest.version()
                                        + " has no tensor of the role " + role + ".")
                        .exception());
    }
}
