package io.atelier.trainer.runtime.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonParser;
import io.atelier.trainer.runtime.process.LearnProgram;
import io.atelier.trainer.runtime.runs.RunFolders;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Jobs that are made, judged by the API's own schema, which refuses fields it does not know. */
class JobManifestTest {
    private static final List<String> ARGUMENTS = List.of("train", "gan-tiles", "--data", "/data/tiles.zip");

    @BeforeAll
    static void schemasAreLoaded() {
        assertThat(new JSON()).isNotNull();
    }

    @Test
    void jobWithEverySettingFitsTheSchema() throws IOException {
        validate(Serialization.asJson(full()));
    }

    @Test
    void jobWithNoSettingFitsTheSchema() throws IOException {
        validate(Serialization.asJson(bare()));
    }

    @Test
    void schemaRefusesMisspeltFieldsAndWrongTypesAtAnyDepth() {
        String json = Serialization.asJson(full());
        for (Map.Entry<String, String> fault : Map.of(
                        "\"backoffLimit\"", "\"backofLimit\"",
                        "\"readOnlyRootFilesystem\"", "\"readonlyRootFilesystem\"",
                        "\"claimName\"", "\"claim\"",
                        "\"restartPolicy\":\"Never\"", "\"restartPolicy\":{}",
                        "\"name\":\"training\",", "")
                .entrySet()) {
            String wrong = json.replace(fault.getKey(), fault.getValue());
            assertThat(wrong).as("fault %s", fault).isNotEqualTo(json);
            assertThat(catchThrowable(() -> validate(wrong)))
                    .as("fault %s", fault)
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    void jobRunsOnceAndIsKeptForAWhile() {
        assertThat(full().getSpec().getBackoffLimit()).isZero();
        assertThat(full().getSpec().getCompletions()).isOne();
        assertThat(full().getSpec().getActiveDeadlineSeconds()).isEqualTo(8 * 3600);
        assertThat(full().getSpec().getTtlSecondsAfterFinished()).isEqualTo(3600);
        assertThat(pod(full()).getRestartPolicy()).isEqualTo("Never");
        assertThat(pod(full()).getTerminationGracePeriodSeconds()).isEqualTo(30);
        assertThat(bare().getSpec().getTtlSecondsAfterFinished()).isZero();
        assertThat(bare().getSpec().getActiveDeadlineSeconds()).isNull();
    }

    @Test
    void podMeetsTheRestrictedStandardAndHoldsNoToken() {
        PodSpec pod = pod(bare());
        Container container = container(bare());
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(pod.getVolumes()).extracting(Volume::getHostPath).containsOnlyNulls();
    }

    @Test
    void podGetsWhatThePlanGrants() {
        PodSpec pod = pod(full());
        assertThat(container(full()).getResources().getLimits())
                .isEqualTo(Map.of(
                        "cpu", new Quantity("4"),
                        "memory", new Quantity("8704Mi"),
                        "nvidia.com/gpu", new Quantity("2")))
                .isEqualTo(container(full()).getResources().getRequests());
        assertThat(container(bare()).getResources().getLimits()).doesNotContainKey("nvidia.com/gpu");
        assertThat(pod.getNodeSelector()).isEqualTo(Map.of("gpu", "h100"));
        assertThat(pod.getTolerations())
                .extracting(taint -> taint.getKey() + " " + taint.getOperator())
                .containsExactly("nvidia.com/gpu Exists", "team Equal");
        assertThat(pod.getServiceAccountName()).isEqualTo("atelier-training");
        assertThat(pod.getImagePullSecrets())
                .extracting(secret -> secret.getName())
                .containsExactly("pull");
        assertThat(container(full()).getEnvFrom())
                .extracting(from -> from.getSecretRef().getName())
                .containsExactly("object-store");
    }

    @Test
    void foldersOfOneClaimShareAVolume() {
        assertThat(container(full()).getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/scratch", "/work", "/data", "/models");
        assertThat(container(full()).getVolumeMounts())
                .extracting(VolumeMount::getName)
                .containsExactly("scratch", "claim-0", "claim-0", "claim-1");
        assertThat(pod(full()).getVolumes())
                .extracting(Volume::getName)
                .containsExactly("scratch", "claim-0", "claim-1");
    }

    @Test
    void jobOfAQueueIsSuspendedUntilTheQueueAdmitsIt() {
        assertThat(full().getSpec().getSuspend()).isTrue();
        assertThat(full().getMetadata().getLabels()).containsEntry("kueue.x-k8s.io/queue-name", "trainings");
        assertThat(bare().getSpec().getSuspend()).isNull();
        assertThat(bare().getMetadata().getLabels()).doesNotContainKey("kueue.x-k8s.io/queue-name");
    }

    @Test
    void trainingIsStartedAsAChildProcessIsButForItsPlaces() {
        List<String> command = container(full()).getCommand();
        assertThat(command).startsWith("java", "-Xmx2048m").endsWith(ARGUMENTS.toArray(String[]::new));
        assertThat(command)
                .containsSubsequence(
                        "-Dorg.bytedeco.javacpp.cachedir=/scratch/javacpp", "-jar", "/opt/atelier/atelier-learn.jar");
        assertThat(new LearnProgram(Path.of("l.jar"), 1, 2, OptionalInt.empty(), List.of())
                        .training(
                                Plans.lease(1, "/d").job().order(),
                                "/d",
                                new RunFolders(Path.of("/w")).of(Plans.JOB, 1),
                                "/m",
                                "cuda:0"))
                .doesNotContain("--leash"); // a pod's standard input ends at once
    }

    @Test
    void namesOfTheLargestEpochsAreLabels() {
        assertThat(JobManifest.name(Plans.JOB, 999_999_999_999_999_999L)).hasSizeLessThanOrEqualTo(63);
    }

    private static void validate(String json) throws IOException {
        V1Job.validateJsonElement(JsonParser.parseString(json));
    }

    private static Job full() {
        return new JobManifest(Plans.full()).of(Plans.lease(3, "/data/tiles.zip"), ARGUMENTS);
    }

    private static Job bare() {
        return new JobManifest(Plans.bare(Path.of("/work"))).of(Plans.lease(1, "/work/tiles.zip"), ARGUMENTS);
    }

    private static PodSpec pod(Job job) {
        return job.getSpec().getTemplate().getSpec();
    }

    private static Container container(Job job) {
        return pod(job).getContainers().getFirst();
    }
}
