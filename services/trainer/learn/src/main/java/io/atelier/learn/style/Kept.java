package io.atelier.learn.style;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Owns tensors that outlive the scopes they are made in. */
final class Kept implements AutoCloseable {
    private final List<Tensor> tensors = new ArrayList<>();

    /** A copy that lives until this is closed. */
    Tensor keep(Tensor tensor) {
        Tensor copy = tensor.detach().clone();
        copy.retainReference();
        tensors.add(copy);
        return copy;
    }

    @Override
    public void close() {
        tensors.forEach(Tensor::releaseReference);
        tensors.clear();
    }
}
