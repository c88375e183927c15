package io.atelier.learn.engine;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.OptionalLong;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch_cuda;

/** How much memory this process holds. */
public final class Memory {
    private static final String CUDA = "cuda:";
    private static final String LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

    private Memory() {}

    /** Resident bytes: the Java heap, libtorch's tensors and the libraries. */
    public static long residentBytes() {
        return Pointer.physicalBytes();
    }

    /** Bytes that libtorch has reserved on a GPU; empty for a processor, or where that cannot be told. */
    public static OptionalLong deviceBytes(String device) {
        if (!device.startsWith(CUDA)) {
            return OptionalLong.empty();
        }
        try {
            byte index = Byte.parseByte(device.substring(CUDA.length()));
            return OptionalLong.of(torch_cuda
                    .getAllocator()
                    .getDeviceStats(index)
                    .reserved_bytes()
                    .current());
        } catch (RuntimeException | LinkageError e) { // a figure less, and no reason to stop training
            return OptionalLong.empty();
        }
    }

    /**
     * Ends the training with an OutOfMemoryError once the process holds this many MB of resident memory and a garbage collection
     * has not helped, before the system would kill it without a word. Resident memory is read whenever Java gets hold of
     * a tensor, some dozens of times a step, so that a limit may be passed by what one operation takes: leave the system's
     * own limit, such as a container's, a few hundred MB above. Must be called before libtorch is loaded.
     */
    public static void limit(int megabytes) {
        if (megabytes < 1) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "memory-limit-mb",
                            "1 or more",
                            "The memory limit must be 1 MB or more, not " + megabytes + ".")
                    .exception();
        }
        System.setProperty(LIMIT, megabytes + "m");
    }
}
