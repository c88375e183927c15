package io.atelier.endpoints.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds roles in claims: issuers put them at the top, into objects ({@code realm_access.roles}), or into {@code scope}. */
final class Roles {
    private Roles() {}

    static Set<String> of(Map<String, Object> claims, String path) {
        @Nullable Object value = claims.get(path);
        if (value == null) {
            value = claims;
            for (String step : path.split("\\.", -1)) {
                value = value instanceof Map<?, ?> object ? object.get(step) : null;
            }
        }
        return switch (value) {
            case String text -> Arrays.stream(text.split(" ", -1)).collect(Collectors.toSet());
            case Collection<?> list ->
                list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .collect(Collectors.toSet());
            case null, default -> Set.of();
        };
    }
}
