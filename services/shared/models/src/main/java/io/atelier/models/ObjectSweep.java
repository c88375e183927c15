package io.atelier.models;

import io.atelier.kernel.ProblemException;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kernel.objects.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Deletes objects that no manifest names.
 *
 * <p>Only below numbers that are taken: nobody puts a model.json there any more, so nothing that is deleted can come to
 * be named. What lies under a number that nobody took waits until somebody does.
 */
final class ObjectSweep {
    private static final System.Logger LOG = System.getLogger(ObjectSweep.class.getName());
    private static final Duration LEFT_OVER = Duration.ofDays(1);
    private static final int VERSIONS = 32;

    private final ObjectStore objects;
    private final InstantSource clock;

    ObjectSweep(ObjectStore objects, InstantSource clock) {
        this.objects = objects;
        this.clock = clock;
    }

    /** Sweeps the newest versions of a model up to one, at most 32; a failure is left to the next publisher. */
    void below(ModelName name, long version) {
        try {
            sweep(name, version);
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", name, e.problem().message());
        }
    }

    private void sweep(ModelName name, long version) {
        Instant limit = clock.instant().minus(LEFT_OVER);
        Map<Long, List<String>> old = new TreeMap<>();
        objects.list(name + "/", object -> {
            String[] parts = object.key().split("/", -1);
            if (parts.length == 3
                    && isAmong(parts[1], version)
                    && !parts[2].equals(PackageFiles.MANIFEST)
                    && object.modified().isBefore(limit)) {
                old.computeIfAbsent(Long.valueOf(parts[1]), number -> new ArrayList<>())
                        .add(object.key());
            }
        });
        old.forEach((number, keys) -> objects.read(
                        ObjectModelRepository.key(name, number, PackageFiles.MANIFEST), ModelJson.MAX_BYTES + 1)
                .ifPresent(manifest -> deleteUnnamed(name, number, manifest, keys)));
    }

    private static boolean isAmong(String number, long newest) {
        return number.matches("[1-9][0-9]{0,17}")
                && Long.parseLong(number) <= newest
                && Long.parseLong(number) > newest - VERSIONS;
    }

    private void deleteUnnamed(ModelName name, long number, StoredObject json, List<String> keys) {
        ModelManifest manifest = PackageReader.manifest(name, number, json.bytes());
        Set<String> named = new HashSet<>();
        manifest.files().forEach(file -> named.add(ObjectModelRepository.key(manifest, file)));
        objects.delete(keys.stream().filter(key -> !named.contains(key)).toList());
    }
}
