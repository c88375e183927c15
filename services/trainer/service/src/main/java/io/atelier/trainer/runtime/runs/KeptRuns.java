package io.atelier.trainer.runtime.runs;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.objects.KeptFolder;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs that outlive their machines: each training program keeps its own in an object store, under {@code JOB/EPOCH/}, and
 * fetches from there what the attempt before it has kept. An attempt that has lost its lease keeps to its own place.
 */
public final class KeptRuns implements Runs {
    private static final Pattern KEY =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/([1-9]\\d{0,17})/.*");

    private final ObjectStore objects;
    private final String address;
    private final RunFolders folders;
    private final Optional<Path> elsewhere;

    /**
     * @param objects the store, and what in it is for runs
     * @param address the same place for the training program, ending with a slash
     * @param folders runs on this machine: those that train here, and what is fetched of the others
     * @param elsewhere the run's folder on the machine that trains, when that is another one
     */
    public KeptRuns(ObjectStore objects, String address, RunFolders folders, Optional<Path> elsewhere) {
        this.objects = objects;
        this.address = address;
        this.folders = folders;
        this.elsewhere = elsewhere;
    }

    @Override
    public Run prepare(Job job, long epoch) {
        Optional<String> before = last(job.id(), epoch);
        if (before.isEmpty() && job.order().resumes().isPresent()) {
            JobId resumed = job.order().resumes().get();
            before = Optional.of(last(resumed, Long.MAX_VALUE).orElseThrow(() -> RunFolders.gone(resumed)));
        }
        folders.empty(job.id(), epoch);
        List<String> arguments = new ArrayList<>(List.of("--kept", address + prefix(job.id(), epoch)));
        before.ifPresent(from -> arguments.addAll(List.of("--from", address + from)));
        return run(job.id(), epoch, arguments);
    }

    @Override
    public Run of(JobId job, long epoch) {
        return run(job, epoch, List.of());
    }

    private Run run(JobId job, long epoch, List<String> arguments) {
        Path here = folders.folder(job, epoch);
        String prefix = prefix(job, epoch);
        KeptFolder kept = new KeptFolder(objects, prefix, ErrorCode.RUNS_UNAVAILABLE);
        return elsewhere
                .<Run>map(folder -> new KeptRun(folder, arguments, here, kept, (name, file) -> {
                    objects.put(prefix + "given/" + name, file);
                    return address + prefix + "given/" + name;
                }))
                .orElseGet(() -> new FolderRun(here, arguments));
    }

    private static String prefix(JobId job, long epoch) {
        return job + "/" + epoch + "/";
    }

    /** Where the last attempt before this one has kept something. */
    private Optional<String> last(JobId job, long before) {
        long[] last = {0};
        objects.list(job + "/", object -> {
            Matcher key = KEY.matcher(object.key());
            if (key.matches() && object.key().endsWith("/" + key.group(2) + "/" + KeptFolder.INDEX)) {
                long epoch = Long.parseLong(key.group(2));
                last[0] = epoch < before ? Math.max(last[0], epoch) : last[0];
            }
        });
        return last[0] > 0 ? Optional.of(prefix(job, last[0])) : Optional.empty();
    }

    @Override
    public void forgetBefore(JobId job, long epoch) {
        folders.forgetBefore(job, epoch);
        List<String> older = new ArrayList<>();
        objects.list(job + "/", object -> {
            Matcher key = KEY.matcher(object.key());
            if (key.matches() && Long.parseLong(key.group(2)) < epoch) {
                older.add(object.key());
            }
        });
        objects.delete(older);
    }

    @Override
    public int sweep(Duration kept, Instant now, Predicate<JobId> over) {
        Map<String, Instant> touched = new HashMap<>();
        objects.list("", object -> {
            Matcher key = KEY.matcher(object.key());
            if (key.matches()) {
                touched.merge(key.group(1), object.modified(), (one, other) -> one.isAfter(other) ? one : other);
            }
        });
        int swept = 0;
        for (Map.Entry<String, Instant> job : touched.entrySet()) {
            JobId id = new JobId(UUID.fromString(job.getKey()));
            if (job.getValue().isBefore(now.minus(kept)) && over.test(id)) {
                List<String> keys = new ArrayList<>();
                objects.list(id + "/", object -> keys.add(object.key()));
                objects.delete(keys);
                swept++;
            }
        }
        folders.sweep(kept, now, over);
        return swept;
    }
}
