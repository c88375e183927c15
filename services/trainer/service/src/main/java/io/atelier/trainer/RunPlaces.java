package io.atelier.trainer;

import io.atelier.trainer.domain.Runner;
import io.atelier.trainer.domain.Worker;
import java.util.List;
import java.util.function.Function;

/**
 * Where trainings run, one at a time each.
 *
 * @param all the places
 * @param end what is closed when no more trainings are to run
 */
record RunPlaces(List<Place> all, Runnable end) {

    /** A device, or a place in a cluster. */
    record Place(Worker worker, Runner runner) {}

    RunPlaces {
        all = List.copyOf(all);
    }

    /** The devices of this machine. */
    static RunPlaces of(List<String> devices, Function<String, Worker> worker, Function<String, Runner> runner) {
        return new RunPlaces(
                devices.stream()
                        .map(device -> new Place(worker.apply(device), runner.apply(device)))
                        .toList(),
                () -> {});
    }

    void close() {
        end.run();
    }
}
