package io.atelier.inference;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * ONNX Runtime 1.29 reads its process's command line from {@code /proc/self/cmdline} when it starts, and crashes the process
 * without a word when that is longer than 4,096 bytes.
 */
public final class CommandLineLimit {
    /** The longest command line that it survives, in bytes, arguments parted by one each. */
    public static final int BYTES = 4095;

    private static final Path OWN = Path.of("/proc/self/cmdline");

    private CommandLineLimit() {}

    /** Refuses to go on in a process that would crash; to be called before its work begins. */
    public static void require() {
        int length = own();
        if (length > BYTES) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "arguments",
                            BYTES + " bytes",
                            "This process has a command line of " + length + " bytes, and ONNX Runtime takes " + BYTES
                                    + " at most. Put arguments into a file and name it by @FILE, or settings into the"
                                    + " environment.")
                    .exception();
        }
    }

    /** The length of this process's command line; 0 where there is no telling, as there is none that would crash. */
    static int own() {
        try {
            return Files.readAllBytes(OWN).length;
        } catch (IOException e) {
            return 0;
        }
    }
}
