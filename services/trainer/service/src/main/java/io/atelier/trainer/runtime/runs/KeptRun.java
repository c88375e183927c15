package io.atelier.trainer.runtime.runs;

import io.atelier.kernel.objects.KeptFolder;
import io.atelier.trainer.domain.RunFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * A run that its training program keeps in an object store, from a folder of its own machine that this service does not
 * see.
 *
 * @param folder the folder on the machine that trains
 * @param arguments how the program is told where to keep it
 * @param here a folder of this machine, for what is fetched
 * @param given puts a file for the program into the store and answers its address
 */
record KeptRun(Path folder, List<String> arguments, Path here, KeptFolder kept, Giving given) implements Run {
    private static final String SAMPLES = "samples/";

    /** Puts a file of this machine into the store. */
    @FunctionalInterface
    interface Giving {
        String give(String name, Path file);
    }

    @Override
    public RunFile file(Path told) {
        String path = folder.relativize(told).toString();
        return () -> {
            kept.fetch(here, kept -> kept.equals(path) || kept.startsWith(path + "/"));
            return here.resolve(path);
        };
    }

    @Override
    public Path curve(long after) {
        String told = SAMPLES + KeptCurve.sample(after);
        kept.fetch(
                here, path -> path.equals(KeptCurve.METRICS) || (path.startsWith(SAMPLES) && path.compareTo(told) > 0));
        return here;
    }

    @Override
    public String take(String name, InputStream bytes) throws IOException {
        Path file = here.resolve(name);
        Files.createDirectories(here);
        Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
        String address = given.give(name, file);
        Files.delete(file);
        return address;
    }
}
