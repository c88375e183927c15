package io.atelier.learn.recipe;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import io.atelier.learn.ops.ExternalData;
import io.atelier.learn.ops.ParamStore;
import io.atelier.learn.ops.Safetensors;
import io.atelier.models.ModelPackage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The weights of a training that its package keeps to be trained on from: a safetensors file for each network.
 *
 * @param networks by name; the first store of each is kept, and all of them start from what was kept
 */
public record Weights(Map<String, List<ParamStore>> networks) {
    private static final String ENDING = ".safetensors";

    /** Writes the files into a package's folder; tells by network where each tensor lies. */
    Map<String, ExternalData> write(Path folder) {
        Map<String, ExternalData> written = new TreeMap<>();
        networks.forEach((name, stores) -> written.put(name, stores.getFirst().save(folder.resolve(name + ENDING))));
        return written;
    }

    /** Takes over a package's weights, all or none; throws a problem with the field init that names the first misfit. */
    void start(ModelPackage found) {
        List<Runnable> loads = new ArrayList<>();
        networks.forEach((name, stores) -> {
            Map<String, Safetensors.Entry> tensors = read(found, name + ENDING);
            stores.getFirst().difference(tensors).ifPresent(difference -> {
                throw refused(
                        found,
                        "the same architecture",
                        "is of another architecture: of the " + name + ", " + difference
                                + ". Give this training the package's architecture and data, or start another one");
            });
            loads.add(() -> stores.forEach(store -> store.load(tensors)));
        });
        loads.forEach(Runnable::run);
    }

    private static Map<String, Safetensors.Entry> read(ModelPackage found, String file) {
        if (found.manifest().files().stream().noneMatch(kept -> kept.name().equals(file))) {
            throw refused(
                    found,
                    "a package with " + file,
                    "has no file " + file + " to train on from; packages of earlier releases hold only graphs");
        }
        return Safetensors.read(found.file(file));
    }

    private static ProblemException refused(ModelPackage found, String rule, String what) {
        return Problem.field(
                        ErrorCode.CONFLICTING_FIELDS,
                        InitPackage.SETTING,
                        rule,
                        found.manifest().name() + "@" + found.manifest().version() + " " + what + ".")
                .exception();
    }
}
