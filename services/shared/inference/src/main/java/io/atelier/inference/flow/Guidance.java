package io.atelier.inference.flow;

/**
 * How far a velocity goes from that of any class towards that of the wanted one, and when.
 *
 * @param weight 1 to the wanted class's, above 1 beyond it, which makes pictures more often right and less varied
 * @param from the time it begins; before it the wanted class's velocity is followed as it is, so that guidance does not
 *     narrow what pictures begin as
 * @param to the time it ends
 * @see <a href="https://arxiv.org/abs/2207.12598">Ho and Salimans, Classifier-free diffusion guidance</a>
 * @see <a href="https://arxiv.org/abs/2404.07724">Kynkäänniemi et al., Applying guidance in a limited interval improves
 *     sample and distribution quality in diffusion models</a>
 */
public record Guidance(double weight, double from, double to) {

    /** The same guidance all the way. */
    public static Guidance always(double weight) {
        return new Guidance(weight, 0, 1);
    }

    /** The same while with another weight. */
    public Guidance withWeight(double other) {
        return new Guidance(other, from, to);
    }

    /** Whether the velocity of any class counts at a time. */
    boolean at(float time) {
        return weight != 1 && time >= from && time <= to;
    }
}
