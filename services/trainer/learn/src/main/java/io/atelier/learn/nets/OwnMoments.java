package io.atelier.learn.nets;

import io.atelier.learn.ops.Ops;
import java.util.Optional;

/** The moments of the features themselves, kept to be told afterwards. For one pass. */
public final class OwnMoments<V> implements StyleNet.Moments<V> {
    private Optional<V> all = Optional.empty();

    @Override
    public V of(Ops<V> ops, V features) {
        V own = ops.moments(features);
        all = Optional.of(all.map(before -> ops.concat(1, before, own)).orElse(own));
        return own;
    }

    /** The moments of all layers so far, one behind the other: (n, 2 x channels of all). */
    public V all() {
        return all.orElseThrow();
    }
}
