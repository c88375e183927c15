package io.atelier.trainer;

import io.atelier.trainer.domain.Ledger;
import io.atelier.trainer.domain.Runner;
import io.atelier.trainer.domain.TrainingData;
import io.atelier.trainer.runtime.kubernetes.ClusterClient;
import io.atelier.trainer.runtime.kubernetes.KubernetesRunner;
import io.atelier.trainer.runtime.runs.Runs;
import java.time.InstantSource;

/** The places of a cluster. Apart from the wiring, so that a service that trains on its own machine loads none of it. */
final class ClusterPlaces {
    private ClusterPlaces() {}

    static RunPlaces of(
            TrainerSettings settings,
            KubernetesSettings cluster,
            Ledger ledger,
            Runs runs,
            TrainingData data,
            String models,
            InstantSource clock) {
        ClusterClient client = ClusterClient.connect(cluster.namespace());
        client.sweep(id -> ledger.find(id).filter(job -> job.state().isHeld()).isPresent());
        Runner runner = KubernetesRunner.in(
                client,
                cluster.plan(settings.program()),
                cluster.queuePatience(),
                cluster.startPatience(),
                runs,
                data,
                models,
                clock);
        return new RunPlaces(
                cluster.workers(settings.replica(), client.namespace()).stream()
                        .map(worker -> new RunPlaces.Place(worker, runner))
                        .toList(),
                client::close);
    }
}
