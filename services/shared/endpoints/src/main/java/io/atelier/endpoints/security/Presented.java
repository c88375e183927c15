package io.atelier.endpoints.security;

import java.util.List;

/**
 * What a call shows of its caller: all values of each header, since a second one is no accident to be overlooked.
 *
 * @param authorization {@value #AUTHORIZATION}
 * @param apiKeys {@value #API_KEY}
 * @param onBehalfOf {@value #ON_BEHALF_OF}
 */
public record Presented(List<String> authorization, List<String> apiKeys, List<String> onBehalfOf) {
    public static final String AUTHORIZATION = "authorization";
    public static final String API_KEY = "x-api-key";
    public static final String ON_BEHALF_OF = "atelier-on-behalf-of";

    public Presented {
        authorization = List.copyOf(authorization);
        apiKeys = List.copyOf(apiKeys);
        onBehalfOf = List.copyOf(onBehalfOf);
    }

    /** Names headers only: a credential must not end in a log. */
    @Override
    public String toString() {
        return "Presented[" + authorization.size() + " authorization, " + apiKeys.size() + " x-api-key]";
    }
}
