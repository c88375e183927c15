package io.atelier.s3;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.kernel.ProblemException;
import java.time.Duration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says which store failed, how, and what to do; the SDK's own words go to the log as the cause. */
record S3Failures(S3Location location, String address, ErrorCode code) {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    ProblemException of(SdkException e) {
        return Problem.of(code, location + " on " + address + " " + why(e))
                .withRetryAfter(RETRY_AFTER)
                .exception(e);
    }

    private static String why(SdkException e) {
        if (!(e instanceof S3Exception answer)) {
            return "cannot be reached; see that its address, network and credentials are right, and try again.";
        }
        AwsErrorDetails details = answer.awsErrorDetails();
        String word = details == null || details.errorCode() == null ? "" : " (" + details.errorCode() + ")";
        return switch (answer.statusCode()) {
            case 301, 307, 400 -> "refuses the request" + word + "; see that atelier.s3.region and path-style fit it.";
            case 401, 403 ->
                "refuses these credentials" + word + "; give them the right to read, write, list and delete.";
            case 404 -> "is not there" + word + "; make the bucket, or name another one.";
            default -> "answered " + answer.statusCode() + word + "; try again.";
        };
    }
}
