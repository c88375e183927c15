package io.atelier.models;

import io.atelier.kernel.Digest;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.kernel.objects.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository in an object store, shared by any number of machines.
 *
 * <pre>
 * {name}/{version}/model.json        put if absent, last: whoever puts it has the number
 * {name}/{version}/{sha256}-{file}   put before; two publishers of one number cannot overwrite each other
 * {name}/current.json                the promotion, replaced only while it is unchanged
 * </pre>
 *
 * What a publisher leaves that lost a number or died is in no manifest; a later publisher of the model sweeps it after a
 * day. Opened packages are kept in a {@link PackageCache}.
 */
public final class ObjectModelRepository extends VersionedRepository {
    private static final Pattern MANIFEST =
            Pattern.compile("([a-z][a-z0-9-]{0,63})/([1-9][0-9]{0,17})/" + Pattern.quote(PackageFiles.MANIFEST));

    private final ObjectStore objects;
    private final PackageCache cache;
    private final ObjectSweep sweep;

    public ObjectModelRepository(ObjectStore objects, PackageCache cache) {
        this.objects = objects;
        this.cache = cache;
        this.sweep = new ObjectSweep(objects, cache.clock());
    }

    static String key(ModelName name, long version, String file) {
        return name + "/" + version + "/" + file;
    }

    static String key(ModelManifest manifest, ModelFile file) {
        return key(manifest.name(), manifest.version(), file.sha256() + "-" + file.name());
    }

    @Override
    public List<ModelName> names() {
        TreeSet<ModelName> names = new TreeSet<>();
        objects.list("", object -> {
            Matcher manifest = MANIFEST.matcher(object.key());
            if (manifest.matches()) {
                names.add(new ModelName(manifest.group(1)));
            }
        });
        return List.copyOf(names);
    }

    @Override
    public List<Long> versions(ModelName name) {
        TreeSet<Long> versions = new TreeSet<>();
        objects.list(name + "/", object -> {
            Matcher manifest = MANIFEST.matcher(object.key());
            if (manifest.matches()) {
                versions.add(Long.valueOf(manifest.group(2)));
            }
        });
        return List.copyOf(versions);
    }

    @Override
    public ModelManifest manifest(ModelRef ref) {
        long version = version(ref);
        return PackageReader.manifest(ref.name(), version, json(ref.name(), version));
    }

    private byte[] json(ModelName name, long version) {
        return objects.read(key(name, version, PackageFiles.MANIFEST), ModelJson.MAX_BYTES + 1)
                .map(StoredObject::bytes)
                .orElseThrow(() -> PackageReader.unknown(name + "@" + version + " is not here."));
    }

    @Override
    public ModelPackage open(ModelRef ref) {
        long version = version(ref);
        byte[] json = json(ref.name(), version);
        ModelManifest manifest = PackageReader.manifest(ref.name(), version, json);
        return new ModelPackage(manifest, cache.fetch(manifest, json, file -> objects.open(key(manifest, file), 0)));
    }

    /** Holds the cached files against the manifest; fetches them anew when this machine's disk has damaged them. */
    @Override
    public void verify(ModelPackage found) {
        if (cache.isSound(found)) {
            return;
        }
        ModelManifest manifest = found.manifest();
        PackageReader.verify(open(new ModelRef(manifest.name(), OptionalLong.of(manifest.version()))));
    }

    @Override
    Current current(ModelName name) {
        return new CurrentObject(name, objects);
    }

    @Override
    Staged stage(ModelDraft draft) throws IOException {
        List<ModelFile> files = new ArrayList<>();
        for (Map.Entry<String, Path> file : new TreeMap<>(draft.files()).entrySet()) {
            PackageFiles.requirePlain(file.getKey(), file.getValue());
            files.add(new ModelFile(file.getKey(), Digest.ofFile(file.getValue()), Files.size(file.getValue())));
        }
        return new StagedObjects(draft, List.copyOf(files));
    }

    /** Files on this machine, put under every number that is tried: a number is rarely lost. */
    private final class StagedObjects implements Staged {
        private final ModelDraft draft;
        private final List<ModelFile> files;

        StagedObjects(ModelDraft draft, List<ModelFile> files) {
            this.draft = draft;
            this.files = files;
        }

        @Override
        public List<ModelFile> files() {
            return files;
        }

        @Override
        public boolean place(ModelManifest manifest) {
            for (ModelFile file : files) {
                objects.put(
                        key(manifest, file),
                        Objects.requireNonNull(draft.files().get(file.name())));
            }
            String last = key(manifest.name(), manifest.version(), PackageFiles.MANIFEST);
            boolean placed = objects.putIfAbsent(last, ModelJson.write(manifest));
            if (placed) {
                sweep.below(manifest.name(), manifest.version());
            }
            return placed;
        }

        @Override
        public void close() {
            // what was put for a lost number is swept by a later publisher
        }
    }
}
