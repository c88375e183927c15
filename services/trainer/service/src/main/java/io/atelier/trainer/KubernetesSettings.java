package io.atelier.trainer;

import io.atelier.endpoints.config.ConfigCheck;
import io.atelier.trainer.config.KubernetesConfig;
import io.atelier.trainer.config.TrainerConfig;
import io.atelier.trainer.domain.Worker;
import io.atelier.trainer.runtime.kubernetes.ClaimMount;
import io.atelier.trainer.runtime.kubernetes.JobPlan;
import io.atelier.trainer.runtime.kubernetes.Tolerated;
import io.atelier.trainer.runtime.process.LearnProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The configuration of trainings in a cluster as its parts want it. */
final class KubernetesSettings {
    private static final String PREFIX = "atelier.trainer.kubernetes.";
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("([\\w./-]+)=([\\w.-]{0,63})");
    private static final Pattern CPUS = Pattern.compile("[1-9]\\d{0,3}|[1-9]\\d{0,6}m|\\d{1,4}\\.\\d{1,3}");
    private static final Pattern RESOURCE = Pattern.compile("[a-z0-9.-]+/[\\w.-]+");
    private static final long GIB = 1L << 30;
    private static final long LAST_ID = Integer.MAX_VALUE;

    private final KubernetesConfig config;
    private final TrainerConfig trainer;

    KubernetesSettings(KubernetesConfig config, TrainerConfig trainer) {
        this.config = config;
        this.trainer = trainer;
    }

    /**
     * Adds what is wrong with it to a check.
     *
     * @param models the model repository's folder
     */
    ConfigCheck check(ConfigCheck check, Optional<Path> models) {
        check.holds(
                        config.image().isPresent(),
                        PREFIX + "image is not written; it must name the training program's image")
                .range(PREFIX + "parallel", config.parallel(), 1, 1000)
                .range(PREFIX + "gpus", config.gpus(), 0, 16)
                .range(PREFIX + "scratch", config.scratch().asLongValue(), GIB, 1024 * GIB)
                .range(PREFIX + "kept", config.kept(), Duration.ZERO, Duration.ofDays(30))
                .range(PREFIX + "queue-patience", config.queuePatience(), Duration.ofMinutes(1), Duration.ofDays(30))
                .range(PREFIX + "start-patience", config.startPatience(), Duration.ofSeconds(10), Duration.ofDays(7));
        config.runLimit()
                .ifPresent(
                        limit -> check.range(PREFIX + "run-limit", limit, Duration.ofMinutes(1), Duration.ofDays(365)));
        config.user().ifPresent(id -> check.range(PREFIX + "user", id, 1, LAST_ID));
        config.group().ifPresent(id -> check.range(PREFIX + "group", id, 1, LAST_ID));
        form(check, "cpus", List.of(config.cpus()), CPUS, "a quantity such as 4, 0.5 or 500m");
        form(check, "gpu-resource", List.of(config.gpuResource()), RESOURCE, "a resource such as nvidia.com/gpu");
        form(check, "node-selector", list(config.nodeSelector()), LABEL, "NAME=VALUE");
        named(check, "namespace", config.namespace().stream().toList());
        named(check, "queue", config.queue().stream().toList());
        named(check, "service-account", config.serviceAccount().stream().toList());
        named(check, "env-secret", config.envSecret().stream().toList());
        named(check, "pull-secrets", list(config.pullSecrets()));
        for (String text : list(config.tolerations())) {
            check.holds(Tolerated.parse(text).isPresent(), wrong("tolerations", text, Tolerated.FORM));
        }
        return volumes(check, models);
    }

    private ConfigCheck volumes(ConfigCheck check, Optional<Path> models) {
        for (String text : list(config.volumes())) {
            check.holds(ClaimMount.parse(text).isPresent(), wrong("volumes", text, ClaimMount.FORM));
        }
        List<Path> paths = claims().stream().map(ClaimMount::path).toList();
        check.holds(
                new HashSet<>(paths).size() == paths.size() && !paths.contains(Path.of(JobPlan.SCRATCH)),
                PREFIX + "volumes names a path twice, or " + JobPlan.SCRATCH + ", which is the trainings' own");
        if (trainer.runs().isEmpty()) {
            onVolume(check, "atelier.trainer.work", trainer.work(), true);
        }
        models.ifPresent(folder -> onVolume(check, "atelier.models.repository", folder, false));
        for (Path root : TrainerSettings.dataFolders(trainer)) {
            onVolume(check, "atelier.trainer.data-roots", root, false);
        }
        return check;
    }

    private void onVolume(ConfigCheck check, String key, Path folder, boolean written) {
        check.holds(
                claims().stream().anyMatch(claim -> claim.holds(folder) && !(written && claim.readOnly())),
                key + " is '" + folder + "', which is on none of " + PREFIX + "volumes"
                        + (written ? " that may be written to" : "") + "; trainings would not find it");
    }

    private static void named(ConfigCheck check, String key, List<String> texts) {
        form(check, key, texts, NAME, "a name of lower-case letters, digits, '-' and '.'");
    }

    private static void form(ConfigCheck check, String key, List<String> texts, Pattern pattern, String form) {
        for (String text : texts) {
            check.holds(pattern.matcher(text).matches(), wrong(key, text, form));
        }
    }

    private static String wrong(String key, String text, String form) {
        return PREFIX + key + " has '" + text + "'; it must be " + form;
    }

    /** The namespace of the Jobs; the connection's own when absent. */
    Optional<String> namespace() {
        return config.namespace();
    }

    Duration queuePatience() {
        return config.queuePatience();
    }

    Duration startPatience() {
        return config.startPatience();
    }

    /** Who works on each training that may run at once. A place is the cluster's, so that replicas share them all. */
    List<Worker> workers(String replica, String namespace) {
        return IntStream.rangeClosed(1, config.parallel())
                .mapToObj(place -> new Worker(replica, "kubernetes/" + namespace + "/" + place))
                .toList();
    }

    /** What is the same in all Jobs. */
    JobPlan plan(LearnProgram here) {
        return new JobPlan(
                config.image().orElseThrow(),
                new LearnProgram(config.program(), here.heapMb(), here.memoryMb(), here.threads(), here.stores()),
                config.gpus(),
                config.gpuResource(),
                config.cpus(),
                config.scratch().asLongValue(),
                labels(),
                list(config.tolerations()).stream()
                        .flatMap(text -> Tolerated.parse(text).stream())
                        .toList(),
                config.queue(),
                config.serviceAccount(),
                list(config.pullSecrets()),
                config.envSecret(),
                claims(),
                config.user(),
                config.group(),
                config.runLimit(),
                config.kept(),
                trainer.stopPatience());
    }

    private List<ClaimMount> claims() {
        return list(config.volumes()).stream()
                .flatMap(text -> ClaimMount.parse(text).stream())
                .toList();
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new TreeMap<>();
        for (String text : list(config.nodeSelector())) {
            Matcher label = LABEL.matcher(text);
            if (label.matches()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        return labels;
    }

    private static <T> List<T> list(Optional<List<T>> configured) {
        return configured.orElse(List.of());
    }
}
