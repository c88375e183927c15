package io.atelier.learn.nets;

import io.atelier.learn.ops.Ops;

/** Moments that were found before, one layer's behind the other as {@link OwnMoments#all} tells them. For one pass. */
public final class GivenMoments<V> implements StyleNet.Moments<V> {
    private final V all;
    private final Channels<V> channels;
    private long from;

    /** How many channels features have. */
    @FunctionalInterface
    public interface Channels<V> {
        long of(V features);
    }

    public GivenMoments(V all, Channels<V> channels) {
        this.all = all;
        this.channels = channels;
    }

    @Override
    public V of(Ops<V> ops, V features) {
        long count = 2 * channels.of(features);
        V own = ops.narrow(1, all, from, count);
        from += count;
        return own;
    }
}
