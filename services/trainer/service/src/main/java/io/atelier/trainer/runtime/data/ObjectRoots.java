package io.atelier.trainer.runtime.data;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.objects.ObjectStore;
import io.atelier.s3.S3Location;
import io.atelier.trainer.domain.TrainingData;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Objects below configured places of object stores: all below a prefix, or one that is an archive. The training program
 * fetches them itself. Anything else is left to others.
 */
public final class ObjectRoots implements TrainingData {
    private final List<Root> roots;
    private final TrainingData others;

    /**
     * A place whose contents may be learned from.
     *
     * @param objects what lies there
     */
    public record Root(S3Location location, ObjectStore objects) {}

    public ObjectRoots(List<Root> roots, TrainingData others) {
        this.roots = List.copyOf(roots);
        this.others = others;
    }

    @Override
    public void check(String data) {
        if (!S3Location.isMeant(data)) {
            others.check(data);
            return;
        }
        S3Location named = S3Location.parse(data)
                .filter(ObjectRoots::hasNoDots)
                .orElseThrow(() -> missing(data, "is no address of the form s3://bucket/prefix"));
        Root root = roots.stream()
                .filter(each -> each.location().bucket().equals(named.bucket())
                        && named.prefix().startsWith(each.location().prefix()))
                .findFirst()
                .orElseThrow(() -> outside(data));
        String below = named.prefix().substring(root.location().prefix().length());
        if (!root.objects().any(below) && !isObject(root.objects(), below)) {
            throw missing(data, "is not there");
        }
    }

    @Override
    public String open(String data, Handover handover) {
        if (!S3Location.isMeant(data)) {
            return others.open(data, handover);
        }
        check(data);
        return data;
    }

    /** Stores take dots for names; what lies between here and them may not. */
    private static boolean hasNoDots(S3Location location) {
        return Arrays.stream(location.prefix().split("/")).noneMatch(part -> part.equals(".") || part.equals(".."));
    }

    private static boolean isObject(ObjectStore objects, String prefix) {
        return !prefix.isEmpty()
                && objects.read(prefix.substring(0, prefix.length() - 1), 1).isPresent();
    }

    private RuntimeException outside(String data) {
        String allowed = roots.stream().map(root -> root.location().toString()).collect(Collectors.joining(", "));
        return Problem.field(
                        ErrorCode.OUT_OF_RANGE_FIELD,
                        "data",
                        allowed.isEmpty() ? "a folder" : allowed,
                        "The data " + data + " is outside the data roots"
                                + (allowed.isEmpty() ? ", none of which is in an object store" : " (" + allowed + ")")
                                + ". Copy it there, or add a root: up --data-root URL, or atelier.trainer.data-roots.")
                .exception();
    }

    private static RuntimeException missing(String data, String why) {
        return Problem.field(
                        ErrorCode.DATA_MISSING,
                        "data",
                        "an existing prefix or archive",
                        "The data " + data + " " + why + "; name a prefix with objects below it, or a .zip archive.")
                .exception();
    }
}
