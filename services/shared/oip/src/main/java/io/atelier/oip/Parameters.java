package io.atelier.oip;

import io.atelier.inference.RunRequest.Priority;
import io.atelier.kernel.Deadline;
import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a request, an input or an output says by name: truths, whole numbers, other numbers, texts. What would change the
 * result and is not done here is refused; what is unknown is passed over, as the protocol has it.
 *
 * @param named Boolean, Long, Double or String by name
 */
public record Parameters(Map<String, Object> named) {
    public static final Parameters NONE = new Parameters(Map.of());

    /** Whether outputs come as bytes behind or beside the message, not as numbers in it. */
    public static final String BINARY_OUTPUTS = "binary_data_output";

    /** The same of one output. */
    public static final String BINARY = "binary_data";

    /** How many bytes of values follow the message for an input or output. */
    public static final String BINARY_SIZE = "binary_data_size";

    private static final Set<String> SEQUENCES = Set.of("sequence_id", "sequence_start", "sequence_end");
    private static final Set<String> ELSEWHERE =
            Set.of("shared_memory_region", "shared_memory_byte_size", "shared_memory_offset");
    private static final String CLASSES = "classification";

    public Parameters {
        named = Map.copyOf(named);
        for (String name : named.keySet()) {
            if (SEQUENCES.contains(name)) {
                throw Refusals.unsupported(name, "Graphs here keep no state between requests; leave " + name + " out.")
                        .exception();
            }
            if (ELSEWHERE.contains(name)) {
                throw Refusals.unsupported(
                                name,
                                "Tensors travel inside requests here, not in shared memory; leave " + name + " out.")
                        .exception();
            }
            if (name.equals(CLASSES)) {
                throw Refusals.unsupported(name, "Outputs come as they are; leave classification out.")
                        .exception();
            }
        }
    }

    /** A truth, where it is said; throws WRONG_TYPE for anything else of this name. */
    public Optional<Boolean> truth(String name) {
        return Optional.ofNullable(named.get(name)).map(value -> {
            if (value instanceof Boolean truth) {
                return truth;
            }
            throw wrongType(name, "true or false");
        });
    }

    /** A whole number that is not negative, where it is said; throws WRONG_TYPE or OUT_OF_RANGE_FIELD. */
    public Optional<Long> count(String name) {
        return Optional.ofNullable(named.get(name)).map(value -> {
            if (!(value instanceof Long number)) {
                throw wrongType(name, "a whole number");
            }
            if (number < 0) {
                throw Problem.field(
                                ErrorCode.OUT_OF_RANGE_FIELD,
                                name,
                                "0 or more",
                                "The parameter " + name + " cannot be " + number + ".")
                        .exception();
            }
            return number;
        });
    }

    /** Until when the answer is wanted: {@code timeout} in microseconds, none when 0. */
    Deadline deadline(InstantSource clock) {
        return count("timeout")
                .filter(micros -> micros > 0)
                .map(micros -> Deadline.after(Duration.of(micros, ChronoUnit.MICROS), clock))
                .orElse(Deadline.NEVER);
    }

    /** {@code priority}: 0, the default, and 1 are interactive; what is lower in rank, a larger number, is bulk work. */
    Priority priority() {
        return count("priority").filter(rank -> rank > 1).isPresent() ? Priority.BULK : Priority.INTERACTIVE;
    }

    private static RuntimeException wrongType(String name, String wanted) {
        return Problem.field(ErrorCode.WRONG_TYPE, name, wanted, "The parameter " + name + " must be " + wanted + ".")
                .exception();
    }
}
