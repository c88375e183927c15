package io.atelier.image.domain;

/** The bounds of requests; docs/reference lists them. */
public final class Limits {
    /** Most pictures a request can ask for, and most labels it can name. */
    public static final int MAX_COUNT = 64;

    /** Largest side of a picture in pixels. */
    public static final int MAX_SIZE = 1024;

    /** Most steps of a flow whose package names no limit of its own. */
    public static final long MAX_STEPS = 100;

    /** Largest guidance of a flow. */
    public static final int MAX_GUIDANCE = 20;

    /** Most pixels of a contact sheet; its pictures are enlarged less when they would need more. */
    public static final int MAX_SHEET_PIXELS = 1 << 22;

    /** Most pixels of a picture that comes as input. */
    public static final int MAX_INPUT_PIXELS = 1 << 22;

    /** Largest picture that comes inside an event, in bytes; base64 included, its record stays under Kafka's 1 MiB. */
    public static final int MAX_EVENT_INPUT_BYTES = 512 << 10;

    /** Largest stored artifact that is taken as input, in bytes. */
    public static final int MAX_INPUT_ARTIFACT_BYTES = 16 << 20;

    /** Longer side of the previews of a picture that is being painted, in pixels. */
    public static final int MAX_PREVIEW_SIDE = 768;

    private Limits() {}
}
