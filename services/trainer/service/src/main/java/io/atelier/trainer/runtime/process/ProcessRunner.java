package io.atelier.trainer.runtime.process;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.trainer.domain.Attempt;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Order;
import io.atelier.trainer.domain.Runner;
import io.atelier.trainer.domain.TrainingData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs trainings as child processes on one device of this machine. */
public final class ProcessRunner implements Runner {
    private static final String REPOSITORY = "made";

    private final LearnProgram program;
    private final String device;
    private final RunFolders folders;
    private final TrainingData data;
    private final Optional<Path> models;

    /**
     * @param device what they train on: cpu, cuda:N or auto
     * @param models the model repository's folder, where trainings look for models to start from and to compare with
     */
    public ProcessRunner(
            LearnProgram program, String device, RunFolders folders, TrainingData data, Optional<Path> models) {
        this.program = program;
        this.device = device;
        this.folders = folders;
        this.data = data;
        this.models = models;
    }

    @Override
    public Attempt start(Lease lease) {
        Job job = lease.job();
        requireFolder(job.order());
        Path folder = folders.prepare(job, lease.epoch());
        Path input = data.open(job.order().data(), folder);
        Path made = folder.resolve(REPOSITORY);
        ProcessBuilder command = program.process(arguments(job.order(), input, folder, made));
        command.directory(folder.toFile());
        try {
            SignReader reader = new SignReader(made, new KeptCurve(folder), job.latest());
            ProcessAttempt attempt = ProcessAttempt.start(command, reader, new AttemptLog(folder));
            folders.forgetBefore(job.id(), lease.epoch() - 1); // the last one may still be copied from
            return attempt;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The training program reads models from a folder; one in an object store it would take for missing. */
    private void requireFolder(Order order) {
        for (String setting : List.of("init", "gate.improves")) {
            if (models.isEmpty()
                    && !order.settings().getOrDefault(setting, "none").equals("none")) {
                throw Problem.field(
                                ErrorCode.OUT_OF_RANGE_FIELD,
                                setting,
                                "none",
                                "The setting " + setting
                                        + " looks into the model repository, which is no folder in this"
                                        + " installation; leave it out.")
                        .exception();
            }
        }
    }

    private List<String> arguments(Order order, Path input, Path folder, Path made) {
        List<String> line = new ArrayList<>(List.of("train", order.recipe(), "--reports", "--leash", "--resume"));
        line.addAll(List.of("--data", input.toString()));
        line.addAll(List.of("--out", folder.toString()));
        line.addAll(List.of("--repository", made.toString()));
        models.ifPresent(known -> line.addAll(List.of("--models", known.toString())));
        line.addAll(List.of("--device", device));
        line.addAll(List.of("--memory-limit-mb", Integer.toString(program.memoryMb())));
        order.seed().ifPresent(seed -> line.addAll(List.of("--seed", Long.toString(seed))));
        program.threads().ifPresent(threads -> line.addAll(List.of("--threads", Integer.toString(threads))));
        order.settings().forEach((name, value) -> line.addAll(List.of("--set", name + "=" + value)));
        return line;
    }
}
