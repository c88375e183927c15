package io.atelier.bench;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Locale;

/**
 * One measured number.
 *
 * @param name what it is
 * @param value the number
 * @param unit its unit; ratio for a quotient
 * @param command the command that measures it again
 * @param budget what it should be, such as {@code <= 1}; empty when it is only told
 */
public record Figure(
        String name,
        double value,
        String unit,
        String command,
        @JsonIgnore String budget) {

    String line() {
        return String.format(Locale.ROOT, "%-34s %10.3f %-6s %s", name, value, unit, budget);
    }
}
