package io.atelier.artifacts.runs;

import io.atelier.kernel.Deadline;
import io.atelier.kernel.Digest;
import io.atelier.kernel.RequestKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A request as its entrance has identified it.
 *
 * @param key names it
 * @param id its id, as the client gave it or the entrance made it
 * @param source where it came from
 * @param body the digest by which another body under the same key is told, see {@link #bodyOf}
 * @param deadline when it must be answered
 */
public record RunRequest(RequestKey key, String id, String source, Digest body, Deadline deadline) {

    public static RunRequest of(
            String kind,
            RequestKey.Entrance entrance,
            String source,
            String id,
            String type,
            byte[] body,
            Deadline deadline) {
        return new RunRequest(RequestKey.of(kind, entrance, source, id), id, source, bodyOf(type, body), deadline);
    }

    /** SHA-256 over the length of the type (4 bytes, big endian), the type and the deterministic bytes of the body. */
    public static Digest bodyOf(String type, byte[] body) {
        byte[] name = type.getBytes(StandardCharsets.UTF_8);
        MessageDigest sha = Digest.sha256();
        sha.update(ByteBuffer.allocate(4).putInt(name.length).flip());
        sha.update(name);
        sha.update(body);
        return Digest.of(sha);
    }
}
