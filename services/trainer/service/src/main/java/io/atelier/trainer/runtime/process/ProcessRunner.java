package io.atelier.trainer.runtime.process;

import io.atelier.trainer.domain.Attempt;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.Lease;
import io.atelier.trainer.domain.Runner;
import io.atelier.trainer.domain.TrainingData;
import io.atelier.trainer.runtime.runs.Run;
import io.atelier.trainer.runtime.runs.Runs;
import io.atelier.trainer.runtime.runs.SignReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs trainings as child processes on one device of this machine. */
public final class ProcessRunner implements Runner {
    private static final int LONG = 2000;
    private static final String ARGUMENTS = "arguments.tmp"; // of this attempt alone

    private final LearnProgram program;
    private final String device;
    private final Runs runs;
    private final TrainingData data;
    private final String models;

    /**
     * @param device what they train on: cpu, cuda:N or auto
     * @param models the model repository, where trainings look for models to start from and to compare with
     */
    public ProcessRunner(LearnProgram program, String device, Runs runs, TrainingData data, String models) {
        this.program = program;
        this.device = device;
        this.runs = runs;
        this.data = data;
        this.models = models;
    }

    /**
     * Long arguments stand in a file: ONNX Runtime, by which models are tried when they are exported, crashes in a process
     * whose command line is longer than 4 KiB.
     */
    private static List<String> brief(List<String> arguments, Path folder) throws IOException {
        if (String.join(" ", arguments).length() <= LONG) {
            return arguments;
        }
        Path file = Files.write(
                folder.resolve(ARGUMENTS),
                arguments.subList(1, arguments.size()).stream()
                        .map(ProcessRunner::quoted)
                        .toList());
        return List.of(arguments.getFirst(), "@" + file);
    }

    /** As picocli reads a file of arguments. */
    private static String quoted(String argument) {
        return "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    @Override
    public Attempt start(Lease lease) {
        Job job = lease.job();
        Run run = runs.prepare(job, lease.epoch());
        String input = data.open(job.order().data(), run);
        List<String> arguments = program.training(job.order(), input, run, models, device);
        arguments.add("--leash"); // a training must not outlive the service
        try {
            ProcessBuilder command = program.process(brief(arguments, run.folder()));
            command.directory(run.folder().toFile());
            SignReader reader = new SignReader(run, job.latest());
            ProcessAttempt attempt = ProcessAttempt.start(command, reader, new AttemptLog(run.folder()));
            runs.forgetBefore(job.id(), lease.epoch() - 1); // the last one may still be copied from
            return attempt;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
