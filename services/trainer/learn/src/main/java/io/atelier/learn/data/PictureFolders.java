package io.atelier.learn.data;

import io.atelier.kernel.Digest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Reads the classes of a {@link ClassSet} from a folder tree or a .zip of PNG and JPEG files. A folder that holds no
 * picture but one .zip stands for that .zip. Pictures come class by class, sorted by name within a class.
 */
public final class PictureFolders {
    private final PictureFiles files;
    private final ClassSet set;
    private final ReadLimits limits;
    private final List<float[]> pictures = new ArrayList<>();
    private final List<Integer> labels = new ArrayList<>();
    private final List<Boolean> held = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Set<Digest> seen = new HashSet<>();

    private PictureFolders(PictureFiles files, ClassSet set, ReadLimits limits) {
        this.files = files;
        this.set = set;
        this.limits = limits;
    }

    public static Corpus read(Path path, ClassSet set) {
        return read(path, set, ReadLimits.DEFAULT);
    }

    public static Corpus read(Path path, ClassSet set, ReadLimits limits) {
        try (PictureFiles files = open(path, set, limits)) {
            if (files.names().isEmpty()) {
                throw Unusable.missing(
                        path + " holds no picture", "PNG or JPEG files, one folder per class", "Check the path.");
            }
            return new PictureFolders(files, set, limits).read(path);
        }
    }

    private static PictureFiles open(Path path, ClassSet set, ReadLimits limits) {
        PictureFiles files = PictureFiles.open(path, limits);
        return set.captions() == null ? files : CaptionedFiles.of(path, files, set.captions(), limits);
    }

    private Corpus read(Path path) {
        String root = set.captions() == null ? commonRoot(files.names()) : "";
        List<ClassRule> rules = set.classes().isEmpty() ? rulesByFolder(root) : set.classes();
        if (rules.size() < 2) {
            throw Unusable.data(
                    path + " has pictures of " + rules.size() + " class",
                    "at least 2 folders with pictures",
                    "Put the pictures of each class into a folder of its own.");
        }
        for (int label = 0; label < rules.size(); label++) {
            readClass(path, root, label, rules.get(label));
        }
        List<String> names = rules.stream().map(ClassRule::label).toList();
        return new Corpus(pack(names, false), pack(names, true), files.digests(), List.copyOf(notes));
    }

    private void readClass(Path path, String root, int label, ClassRule rule) {
        int found = 0;
        int small = 0;
        int doubles = 0;
        int heldOut = 0;
        int before = pictures.size();
        for (String name : files.names()) {
            if (!rule.folders().matcher(folder(name, root)).matches()) {
                continue;
            }
            Optional<Raster> raster = decode(name);
            if (raster.isEmpty()) {
                continue;
            }
            found++;
            float[] planes = AreaScaler.planes(raster.get(), set.form());
            if (!Opacity.of(raster.get()).fits(set.keep(), rule)) {
                small++;
            } else if (set.keep().distinct() && !seen.add(fingerprint(planes))) {
                doubles++;
            } else {
                boolean hold = set.heldOut().holds(name);
                heldOut += hold ? 1 : 0;
                add(planes, label, hold);
            }
        }
        int kept = pictures.size() - before;
        notes.add(rule.label() + ": " + found + " pictures, " + small + " small or sparse, " + doubles + " doubles, "
                + kept + " kept, " + heldOut + " of them held out");
        if (kept == heldOut) {
            throw Unusable.missing(
                    path + " has no picture to learn \"" + rule.label() + "\" from",
                    "folders " + rule.folders(),
                    "Check the path and the class set; with few pictures choose another part to hold out.");
        }
    }

    private Optional<Raster> decode(String name) {
        Raster raster = Raster.decode(name, files.read(name), limits.pixels());
        PictureForm form = set.form();
        boolean fits = raster.width() == form.width() && raster.height() == form.height();
        return fits || form.fit() == PictureForm.Fit.SCALE ? Optional.of(raster) : Optional.empty();
    }

    private void add(float[] planes, int label, boolean hold) {
        if ((pictures.size() + 1L) * planes.length > limits.values()) {
            throw Unusable.tooLarge(
                    "The pictures are too many",
                    "at most " + limits.values() + " values in all",
                    "Make them smaller or leave some out.");
        }
        pictures.add(planes);
        labels.add(label);
        held.add(hold);
    }

    private LabelledPictures pack(List<String> names, boolean hold) {
        PictureForm form = set.form();
        int[] chosen = IntStream.range(0, pictures.size())
                .filter(i -> held.get(i) == hold)
                .toArray();
        float[] pixels = new float[chosen.length * form.size()];
        int[] classes = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(pictures.get(chosen[i]), 0, pixels, i * form.size(), form.size());
            classes[i] = labels.get(chosen[i]);
        }
        return new LabelledPictures(form.channels().count(), form.height(), form.width(), pixels, classes, names);
    }

    private List<ClassRule> rulesByFolder(String root) {
        return files.names().stream()
                .map(name -> name.substring(root.length()))
                .filter(name -> name.indexOf('/') > 0)
                .map(name -> name.substring(0, name.indexOf('/')))
                .distinct()
                .sorted()
                .map(first -> new ClassRule(first, Pattern.compile(Pattern.quote(first) + "(/.*)?"), 0))
                .toList();
    }

    private static String folder(String name, String root) {
        int slash = name.lastIndexOf('/');
        return slash < root.length() ? "" : name.substring(root.length(), slash);
    }

    /** The folders that all names share, with a slash at the end; empty when there is none. */
    private static String commonRoot(List<String> sorted) {
        String first = sorted.getFirst();
        String last = sorted.getLast();
        int same = 0;
        while (same < Math.min(first.length(), last.length()) && first.charAt(same) == last.charAt(same)) {
            same++;
        }
        return first.substring(0, first.lastIndexOf('/', same - 1) + 1);
    }

    private static Digest fingerprint(float[] planes) {
        ByteBuffer bytes = ByteBuffer.allocate(planes.length);
        for (float value : planes) {
            bytes.put((byte) Math.round((value + 1) * 127.5f));
        }
        return Digest.of(bytes.array());
    }
}
