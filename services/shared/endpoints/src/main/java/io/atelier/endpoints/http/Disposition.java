package io.atelier.endpoints.http;

import io.atelier.artifacts.ArtifactInfo;

/** Says whether a browser shows an artifact or saves it: only pictures and sounds are shown, never markup. */
final class Disposition {
    private Disposition() {}

    static String of(ArtifactInfo info) {
        String type = info.mediaType();
        boolean shown = (type.startsWith("image/") || type.startsWith("audio/")) && !type.contains("xml");
        return (shown ? "inline" : "attachment") + "; filename=\"" + info.id().hex() + extension(type) + '"';
    }

    private static String extension(String type) {
        return switch (type) {
            case "image/png" -> ".png";
            case "image/jpeg" -> ".jpg";
            case "audio/wav" -> ".wav";
            case "audio/midi" -> ".mid";
            case "text/plain" -> ".txt";
            case "application/json" -> ".json";
            default -> ".bin";
        };
    }
}
