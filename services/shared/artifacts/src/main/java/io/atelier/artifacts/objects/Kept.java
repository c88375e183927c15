package io.atelier.artifacts.objects;

import io.atelier.artifacts.ArtifactInfo;
import java.time.LocalDate;

/**
 * An artifact as it was found.
 *
 * @param info its sidecar
 * @param edition where it lies
 */
record Kept(ArtifactInfo info, Edition edition) {
    boolean isPutOn(LocalDate day) {
        return edition.put().equals(day);
    }

    /** The same bytes, put again on a day. */
    Kept again(ArtifactInfo told, LocalDate day) {
        return new Kept(told, new Edition(info.id(), edition.bytes(), day));
    }
}
