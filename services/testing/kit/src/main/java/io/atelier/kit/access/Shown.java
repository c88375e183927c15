package io.atelier.kit.access;

import java.util.ArrayList;
import java.util.List;

/**
 * What a caller shows.
 *
 * @param name what a failing test calls it
 * @param headers the headers, in order; a name may come twice
 * @param code the error code it is refused with, or empty when it is right
 */
public record Shown(String name, List<Header> headers, String code) {
    /** One header. */
    public record Header(String name, String value) {}

    public Shown {
        headers = List.copyOf(headers);
    }

    static Shown of(String name, String code, String... namesAndValues) {
        List<Header> headers = new ArrayList<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            headers.add(new Header(namesAndValues[at], namesAndValues[at + 1]));
        }
        return new Shown(name, headers, code);
    }

    @Override
    public String toString() {
        return name;
    }
}
