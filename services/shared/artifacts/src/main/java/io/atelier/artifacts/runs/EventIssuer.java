package io.atelier.artifacts.runs;

/**
 * Who speaks in outcome events.
 *
 * @param kind image, audio, text or training
 * @param source the events' CloudEvents source, one per installation and kind
 * @param baseUrl the absolute address under which artifacts and outcomes are served, without a slash at its end
 */
public record EventIssuer(String kind, String source, String baseUrl) {
    public EventIssuer {
        if (baseUrl.endsWith("/")) {
            baseUrl = baseUrl.substring(0, baseUrl.length() - 1);
        }
    }
}
