package io.atelier.trainer.runtime.process;

import io.atelier.trainer.domain.Attempt;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Runner;
import io.atelier.trainer.domain.TrainingData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs trainings as child processes on one device of this machine. */
public final class ProcessRunner implements Runner {
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
        Path folder = folders.prepare(job, lease.epoch());
        Path input = data.open(job.order().data(), folder);
        List<String> arguments = program.training(job.order(), input, folder, models, device);
        arguments.add("--leash"); // a training must not outlive the service
        ProcessBuilder command = program.process(arguments);
        command.directory(folder.toFile());
        try {
            SignReader reader = SignReader.of(folder, job.latest());
            ProcessAttempt attempt = ProcessAttempt.start(command, reader, new AttemptLog(folder));
            folders.forgetBefore(job.id(), lease.epoch() - 1); // the last one may still be copied from
            return attempt;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
