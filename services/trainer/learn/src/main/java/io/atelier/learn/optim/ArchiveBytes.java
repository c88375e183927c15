package io.atelier.learn.optim;

import java.io.ByteArrayOutputStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.ArchiveWriter;
import org.bytedeco.pytorch.OutputArchive;
import org.jspecify.annotations.Nullable;

/**
 * Takes what libtorch writes into memory, at most 2 GB. Written to a file by libtorch itself, an archive that meets a full
 * disk ends the process: its destructor throws.
 */
final class ArchiveBytes extends ArchiveWriter {
    private final transient ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private transient @Nullable OutOfMemoryError full;

    static byte[] of(OutputArchive archive) {
        try (ArchiveBytes taken = new ArchiveBytes()) {
            archive.save_to(taken);
            if (taken.full != null) {
                throw taken.full;
            }
            return taken.bytes.toByteArray();
        }
    }

    /** Never throws, for the destructor's sake. */
    @Override
    public long call(Pointer data, long size) {
        if (full == null) {
            try {
                byte[] part = new byte[Math.toIntExact(size)];
                new BytePointer(data).limit(size).get(part);
                bytes.write(part, 0, part.length);
            } catch (ArithmeticException e) {
                full = new OutOfMemoryError("an optimiser's state is larger than 2 GB");
            } catch (OutOfMemoryError e) {
                full = e;
            }
        }
        return size;
    }
}
