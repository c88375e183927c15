package io.atelier.artifacts;

import io.atelier.kernel.Digest;
import java.util.SortedMap;

/**
 * What a work says about its making; travels inside the file. Holds nothing that differs between two requests for the
 * same work (no request id, owner, version or time).
 *
 * @param model the model's name
 * @param modelDigest the model's digest
 * @param seed the seed all its randomness came from
 * @param parameters the request's parameters that shaped it, by proto field name
 * @param deviceClass what the bytes depend on beside these: instruction set or GPU model, runtime version, threads
 */
public record Provenance(
        String model, Digest modelDigest, long seed, SortedMap<String, String> parameters, String deviceClass) {
    /**
     * The mark of a work made by a trained model.
     *
     * @see <a href="https://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia">IPTC digital source type</a>
     */
    public static final String DIGITAL_SOURCE_TYPE =
            "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";
}
