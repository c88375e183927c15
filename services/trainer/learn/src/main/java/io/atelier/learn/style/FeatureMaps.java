package io.atelier.learn.style;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What is read off a picture at several sizes, differentiably: maps (n, channels, h, w) whose channels do not depend on it. */
@FunctionalInterface
interface FeatureMaps {
    List<Tensor> of(Tensor picture);
}
