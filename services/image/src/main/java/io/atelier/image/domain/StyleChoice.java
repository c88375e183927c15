package io.atelier.image.domain;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelManifest;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * In whose manner a request wants a photograph painted.
 *
 * @param style one of the model's labels, or empty
 * @param blend several labels with their shares, 0 to 1; excludes style
 */
public record StyleChoice(String style, Map<String, Double> blend) {
    /** Says nothing. */
    public static final StyleChoice NONE = new StyleChoice("", Map.of());

    private static final String STYLE = "style";
    private static final String BLEND = "blend";

    public StyleChoice {
        blend = Map.copyOf(blend);
    }

    /** One painting. */
    public static StyleChoice of(String style) {
        return new StyleChoice(style, Map.of());
    }

    /**
     * The share of each of the model's labels, by label; sums to 1. Throws CONFLICTING_FIELDS, MISSING_FIELD, UNKNOWN_LABEL,
     * OUT_OF_RANGE_FIELD, and UNSUPPORTED_FIELD for a model that has one style.
     *
     * @param several whether the model has styles to choose from
     */
    SortedMap<String, Double> shares(ModelManifest manifest, boolean several) {
        if (!style.isEmpty() && !blend.isEmpty()) {
            throw Problem.field(
                            ErrorCode.CONFLICTING_FIELDS,
                            BLEND,
                            "style or blend",
                            "Give one style, or several as blend, not both.")
                    .exception();
        }
        if (!several) {
            refuse(manifest);
            return new TreeMap<>();
        }
        if (!style.isEmpty()) {
            Labels.index(style, STYLE, manifest);
            return new TreeMap<>(Map.of(style, 1.0));
        }
        if (blend.isEmpty()) {
            String known = Labels.known(manifest.labels());
            throw Problem.field(
                            ErrorCode.MISSING_FIELD,
                            STYLE,
                            known,
                            "The model " + manifest.name()
                                    + " paints in several manners; choose one as style, or mix some" + " as blend: "
                                    + known + ".")
                    .exception();
        }
        return mixed(manifest);
    }

    private SortedMap<String, Double> mixed(ModelManifest manifest) {
        double sum = 0;
        SortedMap<String, Double> shares = new TreeMap<>(blend);
        for (Map.Entry<String, Double> share : shares.entrySet()) {
            Labels.index(share.getKey(), BLEND, manifest);
            if (!(share.getValue() >= 0 && share.getValue() <= 1)) { // which no NaN is
                throw badShare("A share of a blend is a number from 0 to 1, not " + share.getValue() + ".");
            }
            sum += share.getValue();
        }
        if (sum == 0) {
            throw badShare("One share of a blend at least is above 0.");
        }
        double all = sum;
        shares.values().removeIf(share -> share == 0);
        shares.replaceAll((label, share) -> share / all);
        return shares;
    }

    private static RuntimeException badShare(String message) {
        return Problem.field(ErrorCode.OUT_OF_RANGE_FIELD, BLEND, "0..1", message)
                .exception();
    }

    private void refuse(ModelManifest manifest) {
        if (style.isEmpty() && blend.isEmpty()) {
            return;
        }
        String field = style.isEmpty() ? BLEND : STYLE;
        throw Problem.field(
                        ErrorCode.UNSUPPORTED_FIELD,
                        field,
                        "only for models of several styles",
                        "The model " + manifest.name() + " paints in one manner alone; leave " + field + " out.")
                .exception();
    }
}
