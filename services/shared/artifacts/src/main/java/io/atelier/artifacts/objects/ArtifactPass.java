package io.atelier.artifacts.objects;

import io.atelier.kernel.Digest;
import io.atelier.kernel.objects.ObjectInfo;
import io.atelier.kernel.objects.ObjectStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One pass over all artifacts in the keys' order, which brings what belongs together after one another. */
final class ArtifactPass {
    private static final int BATCH = 500;

    private final ObjectStore objects;
    private final Days days;
    private final List<String> sidecarsDue = new ArrayList<>();
    private final List<String> bytesDue = new ArrayList<>();
    private final List<Edition> sidecars = new ArrayList<>();
    private final Map<LocalDate, Long> bytes = new TreeMap<>();
    private @Nullable Digest artifact;
    private long left;
    private int deleted;

    ArtifactPass(ObjectStore objects, Days days) {
        this.objects = objects;
        this.days = days;
    }

    void meet(ObjectInfo object) {
        Edition.ofBytes(object.key()).ifPresent(found -> {
            begin(found.id());
            bytes.put(found.bytes(), object.size());
        });
        Edition.ofSidecar(object.key()).ifPresent(found -> {
            begin(found.id());
            sidecars.add(found);
        });
    }

    private void begin(Digest id) {
        if (!id.equals(artifact)) {
            judge();
            artifact = id;
        }
    }

    /** Decides on the artifact that was met last, and does what is still to do. */
    void end() {
        judge();
        flush();
    }

    private void judge() {
        Digest id = artifact;
        if (id == null) {
            return;
        }
        Set<LocalDate> held = new HashSet<>();
        for (Edition sidecar : sidecars) {
            if (days.isDue(sidecar.put())) {
                sidecarsDue.add(sidecar.sidecarKey());
            } else {
                held.add(sidecar.bytes());
            }
        }
        bytes.forEach((day, size) -> {
            if (held.contains(day) || !days.isLeftOver(day)) {
                left += size;
            } else {
                bytesDue.add(new Edition(id, day, day).bytesKey());
            }
        });
        if (held.isEmpty() && !sidecars.isEmpty()) {
            deleted++;
        }
        sidecars.clear();
        bytes.clear();
        if (sidecarsDue.size() + bytesDue.size() >= BATCH) {
            flush();
        }
    }

    /** Sidecars first, for without them an artifact is gone for readers. */
    private void flush() {
        for (List<String> due : List.of(sidecarsDue, bytesDue)) {
            if (!due.isEmpty()) {
                objects.delete(List.copyOf(due));
                due.clear();
            }
        }
    }

    long bytes() {
        return left;
    }

    int deleted() {
        return deleted;
    }
}
