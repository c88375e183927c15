package io.atelier.s3;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a bucket, written {@code s3://bucket/prefix}.
 *
 * @param bucket the bucket's name
 * @param prefix what all keys begin with: empty, or ending with a slash
 */
public record S3Location(String bucket, String prefix) {
    private static final String SCHEME = "s3:";
    private static final String FORM_IN_WORDS = "s3://bucket/prefix";
    private static final Pattern FORM =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/((?:[A-Za-z0-9._-]+/)*[A-Za-z0-9._-]*))?");

    /** Whether a text means an object store and no folder, well formed or not. */
    public static boolean isMeant(String location) {
        return location.startsWith(SCHEME);
    }

    /** Reads an address; nothing when it has not its form. */
    public static Optional<S3Location> parse(String location) {
        Matcher form = FORM.matcher(location);
        if (!form.matches()) {
            return Optional.empty();
        }
        String path = form.group(2) == null ? "" : form.group(2);
        return Optional.of(new S3Location(form.group(1), path.isEmpty() || path.endsWith("/") ? path : path + "/"));
    }

    /** Reads an address; throws a problem of this field when it has not its form. */
    public static S3Location of(String field, String location) {
        return parse(location)
                .orElseThrow(() -> Problem.field(
                                ErrorCode.OUT_OF_RANGE_FIELD,
                                field,
                                FORM_IN_WORDS,
                                field + " is " + location + ", which is no address of the form " + FORM_IN_WORDS
                                        + " (letters, digits, '.', '_' and '-').")
                        .exception());
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + prefix;
    }
}
