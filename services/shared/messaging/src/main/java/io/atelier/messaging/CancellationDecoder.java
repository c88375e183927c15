package io.atelier.messaging;

/** A service's port for cancellations: decodes their data as its requests' data is decoded. */
@FunctionalInterface
public interface CancellationDecoder {

    /**
     * Decodes a cancellation.
     *
     * @param contentType the data's media type, {@code application/json} when the event named none
     * @param data the event's data, at most the record's size
     * @throws io.atelier.kernel.ProblemException when the data does not parse as its content type, or does not fit
     */
    Target decode(String contentType, byte[] data);

    /**
     * The request to be cancelled, as the cancellation names it; each may be empty.
     *
     * @param kind image, audio, text or training
     * @param source the request's CloudEvents source
     * @param id the request's CloudEvents id
     */
    record Target(String kind, String source, String id) {}
}
