package io.atelier.learn.train;

import io.atelier.kernel.Seeds;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Chooses the pictures of a step. The choice depends on seeds and the step alone. */
@FunctionalInterface
public interface Sampler {

    /**
     * The indices of a step's batch.
     *
     * @param step the step
     * @param seed the step's seed
     */
    int[] batch(long step, long seed);

    /** Goes through all pictures in a new order each epoch; a rest smaller than a batch is left out. */
    static Sampler epochs(int count, int batch, long runSeed) {
        return new Epochs(count, batch, runSeed);
    }

    /** Draws with replacement, each picture with a chance proportional to its weight. */
    static Sampler weighted(double[] weights, int batch) {
        double[] sums = weights.clone();
        Arrays.parallelPrefix(sums, Double::sum);
        double all = sums[sums.length - 1];
        return (step, seed) -> {
            SplittableRandom random = new SplittableRandom(seed);
            int[] chosen = new int[batch];
            for (int i = 0; i < batch; i++) {
                int at = Arrays.binarySearch(sums, random.nextDouble(all));
                chosen[i] = Math.min(sums.length - 1, at < 0 ? -at - 1 : at + 1);
            }
            return chosen;
        };
    }

    /**
     * Draws with replacement in groups of one class: a group's class by the weights of its pictures, then pictures of
     * that class.
     *
     * @param labels each picture's class; within a class all pictures are as likely
     * @param weights each picture's weight
     * @param batch pictures of a batch, a multiple of the group
     */
    static Sampler grouped(int[] labels, double[] weights, int batch, int group) {
        if (group < 1 || batch % group != 0) {
            throw new IllegalArgumentException("a batch of " + batch + " has no groups of " + group);
        }
        Sampler leaders = weighted(weights, batch / group);
        Map<Integer, int[]> members = IntStream.range(0, labels.length)
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> labels[i],
                        Collectors.collectingAndThen(
                                Collectors.toList(),
                                list -> list.stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray())));
        return (step, seed) -> {
            SplittableRandom random = new SplittableRandom(Seeds.derive(seed, 1));
            return Arrays.stream(leaders.batch(step, seed))
                    .mapToObj(leader -> members.get(labels[leader]))
                    .flatMapToInt(same -> IntStream.range(0, group).map(i -> same[random.nextInt(same.length)]))
                    .toArray();
        };
    }

    /**
     * Weights that draw each class as often as its size to this power: 1 is uniform over pictures, 0 over classes, 0.5
     * between.
     */
    static double[] classWeights(int[] labels, int[] countsByClass, double power) {
        return Arrays.stream(labels)
                .mapToDouble(label -> Math.pow(countsByClass[label], power - 1))
                .toArray();
    }

    /** Shuffled epochs; remembers the current order, which any step can rebuild. */
    final class Epochs implements Sampler {
        private final int batch;
        private final long runSeed;
        private final int[] order;
        private long epoch = -1;

        private Epochs(int count, int batch, long runSeed) {
            if (batch < 1 || batch > count) {
                throw new IllegalArgumentException("a batch of " + batch + " does not fit " + count + " pictures");
            }
            this.batch = batch;
            this.runSeed = runSeed;
            this.order = new int[count];
        }

        @Override
        public int[] batch(long step, long seed) {
            int perEpoch = order.length / batch;
            if (step / perEpoch != epoch) {
                epoch = step / perEpoch;
                shuffle();
            }
            int from = (int) (step % perEpoch) * batch;
            return Arrays.copyOfRange(order, from, from + batch);
        }

        private void shuffle() {
            SplittableRandom random = new SplittableRandom(Seeds.derive(~runSeed, epoch));
            Arrays.setAll(order, i -> i);
            for (int i = order.length - 1; i > 0; i--) {
                int k = random.nextInt(i + 1);
                int swapped = order[i];
                order[i] = order[k];
                order[k] = swapped;
            }
        }
    }
}
