package io.atelier.image.domain;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.models.ModelManifest;
import java.util.List;

/** Which label each picture of a request is made for. */
final class Labels {
    private static final int SHOWN = 10;

    private Labels() {}

    /** The index among the model's labels for each picture, in order; checks label, labels and count. */
    static int[] perPicture(GenerateRequest request, ModelManifest manifest) {
        List<String> asked = asked(request);
        int[] inTurn = asked.isEmpty() ? all(manifest) : indices(asked, manifest);
        int count = request.count().orElse(Math.max(1, asked.size()));
        if (count < 1 || count > Limits.MAX_COUNT) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "count",
                            "1.." + Limits.MAX_COUNT,
                            "A request makes 1 to " + Limits.MAX_COUNT + " pictures, not " + count + ".")
                    .exception();
        }
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            chosen[i] = inTurn[i % inTurn.length];
        }
        return chosen;
    }

    private static List<String> asked(GenerateRequest request) {
        if (request.label().isEmpty()) {
            if (request.labels().size() > Limits.MAX_COUNT) {
                throw Problem.field(
                                ErrorCode.TOO_LARGE,
                                "labels",
                                Integer.toString(Limits.MAX_COUNT),
                                "A request names at most " + Limits.MAX_COUNT + " labels.")
                        .exception();
            }
            return request.labels();
        }
        if (!request.labels().isEmpty()) {
            throw Problem.field(
                            ErrorCode.CONFLICTING_FIELDS,
                            "labels",
                            "label or labels",
                            "Give label or labels, not both.")
                    .exception();
        }
        return List.of(request.label());
    }

    private static int[] all(ModelManifest manifest) {
        int[] every = new int[Math.max(1, manifest.labels().size())];
        for (int i = 0; i < every.length; i++) {
            every[i] = i;
        }
        return every;
    }

    private static int[] indices(List<String> asked, ModelManifest manifest) {
        String field = asked.size() == 1 ? "label" : "labels";
        return asked.stream().mapToInt(label -> index(label, field, manifest)).toArray();
    }

    /** A label's index among the model's; UNKNOWN_LABEL when it has none such. */
    static int index(String label, String field, ModelManifest manifest) {
        int index = manifest.labels().indexOf(label);
        if (index < 0) {
            if (manifest.labels().isEmpty()) {
                throw Problem.field(
                                ErrorCode.UNKNOWN_LABEL,
                                field,
                                "none",
                                "The model " + manifest.name() + " knows no classes; leave " + field + " out.")
                        .exception();
            }
            String known = known(manifest.labels());
            throw Problem.field(
                            ErrorCode.UNKNOWN_LABEL,
                            field,
                            known,
                            "The model " + manifest.name() + " has no class '" + shortened(label) + "'; it has " + known
                                    + ".")
                    .exception();
        }
        return index;
    }

    /** Names a model's labels, or the first of many. */
    static String known(List<String> labels) {
        String some = String.join(", ", labels.subList(0, Math.min(SHOWN, labels.size())));
        return labels.size() > SHOWN ? some + " and " + (labels.size() - SHOWN) + " more" : some;
    }

    private static String shortened(String label) {
        return label.length() <= 64 ? label : label.substring(0, 64) + "...";
    }
}
