package io.atelier.artifacts.runs;

import io.atelier.kernel.Digest;
import java.util.List;

/**
 * A finished work, whose artifacts are stored already.
 *
 * @param data the completed event's data: proto3 JSON with proto field names, UTF-8, without inline bytes
 * @param artifacts the artifacts it names; kept as long as the outcome
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
public record WorkResult(byte[] data, List<Digest> artifacts) {
    public WorkResult {
        artifacts = List.copyOf(artifacts);
    }
}
