package io.atelier.trainer.runtime.kubernetes;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A volume claim in a training's pod.
 *
 * @param path where the pod sees it, which is where the service sees it too
 * @param claim the PersistentVolumeClaim
 * @param subPath the folder in it; all of it when absent
 * @param readOnly whether the training may only read there
 */
public record ClaimMount(Path path, String claim, Optional<String> subPath, boolean readOnly) {
    /** How one is written. */
    public static final String FORM = "/PATH=CLAIM, CLAIM/FOLDER for a folder in it, with :ro behind for reading only";

    private static final Pattern TEXT =
            Pattern.compile("(/[^=:,]+)=([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?)(/([^/:,][^:,]*))?(:ro)?");

    /** Reads one; nothing when it does not have the form. */
    public static Optional<ClaimMount> parse(String text) {
        Matcher found = TEXT.matcher(text);
        return found.matches()
                ? Optional.of(new ClaimMount(
                        Path.of(found.group(1)).normalize(),
                        found.group(2),
                        Optional.ofNullable(found.group(5)),
                        found.group(6) != null))
                : Optional.empty();
    }

    /** Whether a path lies in it. */
    public boolean holds(Path other) {
        return other.toAbsolutePath().normalize().startsWith(path);
    }
}
