package io.atelier.inference.trial;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Starts a command under the limits that this system has. */
final class Limited {
    private static final List<Path> PRLIMIT = List.of(Path.of("/usr/bin/prlimit"), Path.of("/bin/prlimit"));
    private static final Path SHELL = Path.of("/bin/sh");
    private static final int BLOCK = 512; // POSIX counts a file's size so

    private Limited() {}

    /** The command under limits; without a tool for them the command as it is. */
    static List<String> command(List<String> command, TrialLimits limits) {
        long file = (long) TrialLimits.FILE_MIB << 20;
        Optional<Path> tool = prlimit();
        List<String> line = new ArrayList<>();
        if (tool.isPresent()) {
            line.addAll(List.of(
                    tool.get().toString(),
                    "--as=" + limits.addressSpace(),
                    "--cpu=" + limits.processorSeconds(),
                    "--fsize=" + file,
                    "--core=0",
                    "--"));
        } else if (Files.isExecutable(SHELL)) {
            line.addAll(List.of(
                    SHELL.toString(),
                    "-c",
                    "ulimit -c 0; ulimit -t " + limits.processorSeconds() + "; ulimit -f " + file / BLOCK
                            + "; ulimit -v " + limits.addressSpace() / 1024 + " 2>/dev/null; exec \"$@\"",
                    "sh"));
        }
        line.addAll(command);
        return line;
    }

    /** What a trial on this system is not held to, as a sentence. */
    static Optional<String> missing() {
        if (File.separatorChar == '\\') {
            return Optional.of("This system limits neither memory nor processor time of a trial run, only its time.");
        }
        return System.getProperty("os.name").equals("Linux")
                ? Optional.empty()
                : Optional.of("This system does not limit the address space of a trial run; its heap, its processor"
                        + " time, its files and its time are limited.");
    }

    private static Optional<Path> prlimit() {
        return PRLIMIT.stream().filter(Files::isExecutable).findFirst();
    }
}
