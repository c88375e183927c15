package io.atelier.trainer.runtime.kubernetes;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A taint that a training's pod puts up with.
 *
 * @param key the taint's key
 * @param value its value; any when absent
 * @param effect its effect; any when absent
 * @see <a href="https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/">Taints and tolerations</a>
 */
public record Tolerated(String key, Optional<String> value, Optional<String> effect) {
    /** How one is written. */
    public static final String FORM = "KEY, KEY=VALUE, KEY:EFFECT or KEY=VALUE:EFFECT with NoSchedule,"
            + " PreferNoSchedule or NoExecute as the effect";

    private static final Pattern TEXT =
            Pattern.compile("([\\w./-]+)(=([\\w.-]*))?(:(NoSchedule|PreferNoSchedule|NoExecute))?");

    /** Reads one; nothing when it does not have the form. */
    public static Optional<Tolerated> parse(String text) {
        Matcher found = TEXT.matcher(text);
        return found.matches()
                ? Optional.of(new Tolerated(
                        found.group(1), Optional.ofNullable(found.group(3)), Optional.ofNullable(found.group(5))))
                : Optional.empty();
    }
}
