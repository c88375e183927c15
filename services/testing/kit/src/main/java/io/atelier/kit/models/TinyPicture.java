package io.atelier.kit.models;

import io.atelier.kernel.Seeds;

/**
 * The pictures tiny models speak of: each label has a pattern of its own, which generators draw and classifiers know.
 *
 * @param channels 1 grey, 3 RGB, 4 premultiplied RGBA with an opaque disc
 * @param side height and width in pixels
 */
record TinyPicture(int channels, int side) {
    private static final float STRENGTH = 1.2f;
    private static final float OPAQUE = 4f;

    int size() {
        return channels * side * side;
    }

    String channelNames() {
        return switch (channels) {
            case 1 -> "grey";
            case 3 -> "rgb";
            case 4 -> "rgba-premultiplied";
            default -> throw new IllegalArgumentException("pictures have 1, 3 or 4 channels, not " + channels);
        };
    }

    /** (labels, size): what the generator adds up before tanh. */
    float[] patterns(int labels) {
        float[] patterns = new float[labels * size()];
        for (int label = 0; label < labels; label++) {
            float[] signs = Seeds.gaussians(Seeds.derive(7, label), size());
            for (int i = 0; i < size(); i++) {
                patterns[label * size() + i] = isAlpha(i) ? alpha(i) : Math.signum(signs[i]) * STRENGTH;
            }
        }
        return patterns;
    }

    /** (latent, size): how the latent shifts the picture; alpha it leaves alone. */
    float[] latentWeights(int latent, int variant) {
        float[] weights = Seeds.gaussians(Seeds.derive(11, variant), latent * size());
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= isAlpha(i % size()) ? 0 : 0.2f;
        }
        return weights;
    }

    private boolean isAlpha(int index) {
        return channels == 4 && index >= 3 * side * side;
    }

    private float alpha(int index) {
        int pixel = index - 3 * side * side;
        double x = pixel % side - (side - 1) / 2.0;
        double y = Math.floorDiv(pixel, side) - (side - 1) / 2.0;
        return 4 * (x * x + y * y) <= side * side ? OPAQUE : -OPAQUE;
    }
}
