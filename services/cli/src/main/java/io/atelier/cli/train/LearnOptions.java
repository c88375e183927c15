package io.atelier.cli.train;

import io.atelier.s3.S3Location;
import java.nio.file.Path;
import java.util.List;

/** How the trainer's JVM is started. */
final class LearnOptions {
    /** With MKL a step is twice as fast as with OpenBLAS, and ten times as fast as with OpenBLAS' own threads. */
    static final List<String> JVM = List.of("-Xmx2g", "-XX:+UseSerialGC", "-Dorg.bytedeco.openblas.load=mkl");

    private LearnOptions() {}

    /** A place as a program in another folder finds it: an object store's address as it is, a path in full. */
    static String place(String given) {
        return S3Location.isMeant(given)
                ? given
                : Path.of(given).toAbsolutePath().normalize().toString();
    }
}
