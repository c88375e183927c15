package io.atelier.artifacts.runs;

import java.util.Set;

/** A service's port for requests that come as events: decodes them into work of the use case that serves every entrance. */
public interface RequestHandler {

    /** image, audio, text or training. */
    String kind();

    /** The event types it handles, such as {@code io.atelier.image.generate.v1}. */
    Set<String> types();

    /**
     * Decodes a request.
     *
     * @param type one of {@link #types()}
     * @param contentType the data's media type, {@code application/json} when the event named none
     * @param data the event's data, at most the record's size
     * @throws io.atelier.kernel.ProblemException with {@code UNDECODABLE} when the data does not parse as its content
     *     type (poison: the event goes to the dead letters); with any other code when it parses but does not fit (the
     *     request's outcome is then this failure)
     */
    Prepared decode(String type, String contentType, byte[] data);
}
