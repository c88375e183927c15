package io.atelier.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.endpoints.config.ConfigCheck;
import io.atelier.trainer.config.KubernetesConfig;
import io.atelier.trainer.config.TrainerConfig;
import io.atelier.trainer.domain.Worker;
import io.atelier.trainer.runtime.kubernetes.ClaimMount;
import io.atelier.trainer.runtime.kubernetes.JobPlan;
import io.atelier.trainer.runtime.kubernetes.Tolerated;
import io.atelier.trainer.runtime.process.LearnProgram;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class KubernetesSettingsTest {
    private static final String PREFIX = "atelier.trainer.kubernetes.";
    private static final LearnProgram HERE =
            new LearnProgram(Path.of("here.jar"), 2048, 8192, OptionalInt.empty(), List.of());

    @Test
    void imageAndVolumesAreAllThatMustBeWritten() {
        KubernetesSettings settings = settings(Map.of("image", "learn:1", "volumes", "/srv=atelier"));
        assertThat(settings.check(new ConfigCheck(), Optional.of(Path.of("/srv/models")))
                        .problems())
                .isEmpty();
        JobPlan plan = settings.plan(HERE);
        assertThat(plan.gpus()).isOne();
        assertThat(plan.program().jar()).isEqualTo(Path.of("/opt/atelier/atelier-learn.jar"));
        assertThat(plan.queue()).isEmpty();
        assertThat(plan.grace()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void everySettingReachesThePlan() {
        JobPlan plan = settings(Map.of(
                        "image", "learn:1",
                        "volumes", "/srv=atelier,/srv/models=models/current:ro",
                        "node-selector", "gpu=h100,example.com/zone=a",
                        "tolerations", "nvidia.com/gpu:NoSchedule,team=art",
                        "pull-secrets", "one,two",
                        "run-limit", "8h",
                        "user", "10001"))
                .plan(HERE);
        assertThat(plan.claims())
                .containsExactly(
                        new ClaimMount(Path.of("/srv"), "atelier", Optional.empty(), false),
                        new ClaimMount(Path.of("/srv/models"), "models", Optional.of("current"), true));
        assertThat(plan.nodeSelector()).isEqualTo(Map.of("gpu", "h100", "example.com/zone", "a"));
        assertThat(plan.tolerated())
                .containsExactly(
                        new Tolerated("nvidia.com/gpu", Optional.empty(), Optional.of("NoSchedule")),
                        new Tolerated("team", Optional.of("art"), Optional.empty()));
        assertThat(plan.pullSecrets()).containsExactly("one", "two");
        assertThat(plan.runLimit()).contains(Duration.ofHours(8));
        assertThat(plan.user()).hasValue(10001);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        List<String> problems = settings(Map.of(
                        "gpus", "17",
                        "cpus", "many",
                        "volumes", "/srv:atelier,/other=atelier:ro,/scratch=atelier",
                        "tolerations", "gpu:Never",
                        "node-selector", "gpu",
                        "queue", "Not A Name",
                        "run-limit", "1s"))
                .check(new ConfigCheck(), Optional.of(Path.of("/models")))
                .problems();
        assertThat(problems).hasSize(11);
        assertThat(String.join("\n", problems))
                .contains("image is not written", "gpus is 17", "'many'", "'/srv:atelier'", "/scratch", "'gpu:Never'")
                .contains("node-selector has 'gpu'", "'Not A Name'", "run-limit is PT1S")
                .contains("atelier.trainer.work is '/srv/work'")
                .contains("atelier.models.repository is '/models'");
    }

    @Test
    void workOnAVolumeForReadingIsRefused() {
        assertThat(settings(Map.of("image", "learn:1", "volumes", "/srv=atelier:ro"))
                        .check(new ConfigCheck(), Optional.of(Path.of("/srv/models")))
                        .problems())
                .singleElement()
                .asString()
                .contains("that may be written to");
    }

    @Test
    void whatLiesInAnObjectStoreNeedsNoVolume() {
        assertThat(settings(
                                Map.of("image", "learn:1"),
                                Map.of(
                                        "atelier.trainer.runs", "s3://atelier/runs",
                                        "atelier.trainer.data-roots", "s3://atelier/data"))
                        .check(new ConfigCheck(), Optional.empty())
                        .problems())
                .isEmpty();
    }

    @Test
    void placesAreTheClustersAndNotTheReplicas() {
        KubernetesSettings settings = settings(Map.of("image", "learn:1", "parallel", "2"));
        assertThat(settings.workers("a", "atelier"))
                .extracting(Worker::device)
                .containsExactly("kubernetes/atelier/1", "kubernetes/atelier/2")
                .isEqualTo(settings.workers("b", "atelier").stream()
                        .map(Worker::device)
                        .toList());
    }

    private static KubernetesSettings settings(Map<String, String> values) {
        return settings(values, Map.of());
    }

    private static KubernetesSettings settings(Map<String, String> values, Map<String, String> others) {
        Map<String, String> all = new HashMap<>(others);
        values.forEach((key, value) -> all.put(PREFIX + key, value));
        all.put("atelier.trainer.work", "/srv/work");
        all.put("atelier.trainer.program", "here.jar");
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(KubernetesConfig.class)
                .withMapping(TrainerConfig.class)
                .withDefaultValues(all)
                .build();
        return new KubernetesSettings(
                config.getConfigMapping(KubernetesConfig.class), config.getConfigMapping(TrainerConfig.class));
    }
}
