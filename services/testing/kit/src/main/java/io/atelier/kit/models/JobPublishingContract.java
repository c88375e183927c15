package io.atelier.kit.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.atelier.kernel.ErrorCode;
import io.atelier.models.ModelDraft;
import io.atelier.models.ModelPackage;
import io.atelier.models.ModelRepository;
import io.atelier.models.Training;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What publishing for a training job promises: one version a job, whichever of its attempts put it there. */
public abstract class JobPublishingContract extends RepositoryContract {

    private ModelPackage publish(String content, JobClaim claim) {
        return repository.publish(draft(content), true, claim);
    }

    @Test
    public void jobTakesItsNumberBeforeTheVersionIsSeen() {
        repository.publish(draft("other"), true);
        List<List<Long>> seen = new ArrayList<>();
        ModelPackage published = publish("one", new JobClaim("job-1", version -> seen.add(open().versions(TILES))));
        assertThat(seen).containsExactly(List.of(1L));
        assertThat(published.manifest().version()).isEqualTo(2);
        assertThat(published.manifest().training().flatMap(Training::job)).contains("job-1");
        assertThat(repository.promotion(TILES).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    public void lostLeaseLeavesNothingToSee() {
        JobClaim lost = new JobClaim("job-1", version -> false);
        assertRefused(ErrorCode.PUBLISH_CONFLICT, () -> publish("one", lost));
        assertThat(lost.taken()).containsExactly(1L);
        assertThat(repository.versions(TILES)).isEmpty();
        assertThat(repository.names()).isEmpty();
    }

    @Test
    public void laterAttemptAdoptsItsJobsVersion() {
        JobClaim first = new JobClaim("job-1");
        ModelPackage published = repository.publish(draft("one"), false, first);
        repository.publish(draft("one"), false, new JobClaim("job-2"));
        JobClaim second = new JobClaim("job-1");
        ModelPackage adopted = publish("trained once more", second);
        assertThat(adopted.manifest()).isEqualTo(published.manifest());
        assertThat(second.taken()).isEmpty();
        assertThat(repository.versions(TILES)).containsExactly(1L, 2L);
        assertThat(repository.promotion(TILES).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    public void adoptedVersionLeavesANewerOneAPinAndARollbackAlone() {
        repository.publish(draft("before"), true);
        publish("one", new JobClaim("job-1"));
        repository.rollback(TILES);
        publish("one", new JobClaim("job-1"));
        assertThat(repository.promotion(TILES).orElseThrow().version()).isEqualTo(1);
        repository.publish(draft("newer"), true);
        publish("one", new JobClaim("job-1"));
        assertThat(repository.promotion(TILES).orElseThrow().version()).isEqualTo(3);
        repository.pin(TILES, 1);
        publish("two", new JobClaim("job-2"));
        assertThat(repository.promotion(TILES).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    public void numberLostToAnotherPublisherIsFollowedByTheNext() {
        ModelRepository other = open();
        ModelDraft quicker = draft("quicker");
        JobClaim claim = new JobClaim("job-1", version -> {
            if (version == 1) {
                other.publish(quicker, true);
            }
            return true;
        });
        assertThat(publish("one", claim).manifest().version()).isEqualTo(2);
        assertThat(claim.taken()).containsExactly(1L, 2L);
        assertThat(repository.versions(TILES)).containsExactly(1L, 2L);
    }

    @Test
    public void attemptThatAwokeLateAndPlacedItsNumberIsAdopted() {
        ModelRepository late = open();
        ModelDraft stale = draft("one");
        JobClaim current = new JobClaim(
                "job-1",
                version -> late.publish(stale, false, new JobClaim("job-1"))
                                .manifest()
                                .version()
                        == version);
        assertThat(publish("one", current).manifest().version()).isEqualTo(1);
        assertThat(current.taken()).containsExactly(1L);
        assertThat(repository.versions(TILES)).containsExactly(1L);
    }

    @Test
    public void packageOfAPrivateRepositoryIsPublishedUnderTheJob() {
        ModelPackage trained = openPrivate().publish(draft("one"), false);
        ModelPackage published = repository.publish(ModelDraft.of(trained), true, new JobClaim("job-1"));
        assertThat(published.manifest().digest()).isEqualTo(trained.manifest().digest());
        repository.verify(published);
    }

    /** A second repository, into which a training publishes. */
    protected abstract ModelRepository openPrivate();

    @Test
    public void jobsThatPublishAtOnceLeaveNoGap() throws Exception {
        int jobs = 6;
        List<JobClaim> claims = IntStream.range(0, jobs)
                .mapToObj(job -> new JobClaim("job-" + job))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
            List<Callable<Long>> work = claims.stream()
                    .map(claim -> (Callable<Long>) () -> open().publish(draft(claim.job()), true, claim)
                            .manifest()
                            .version())
                    .toList();
            List<Future<Long>> done = threads.invokeAll(work);
            for (int i = 0; i < jobs; i++) {
                assertThat(claims.get(i).taken()).last().isEqualTo(done.get(i).get());
            }
        }
        List<Long> all = LongStream.rangeClosed(1, jobs).boxed().toList();
        assertThat(repository.versions(TILES)).containsExactlyElementsOf(all);
        assertThat(repository.promotion(TILES).orElseThrow().version()).isEqualTo(jobs);
    }
}
