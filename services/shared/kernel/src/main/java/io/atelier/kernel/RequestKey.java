package io.atelier.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;

/**
 * Names one request for as long as its outcome is kept: SHA-256 over kind, entrance, source and id, each preceded by
 * its length in bytes (4 bytes, big endian), so that no two different requests share a key.
 */
public record RequestKey(Digest digest) {

    /** Where a request came in. */
    public enum Entrance {
        GRPC,
        KAFKA;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The key of a request.
     *
     * @param kind image, audio, text or training
     * @param source {@code ce_source}, or the authenticated principal on gRPC, else {@code anonymous}
     * @param id {@code ce_id}, or the metadata {@code atelier-request-id}
     */
    public static RequestKey of(String kind, Entrance entrance, String source, String id) {
        MessageDigest sha = Digest.sha256();
        for (String part : new String[] {kind, entrance.label(), source, id}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
            sha.update(bytes);
        }
        return new RequestKey(Digest.of(sha));
    }

    public static RequestKey parse(String hex) {
        return new RequestKey(new Digest(hex));
    }

    public String hex() {
        return digest.hex();
    }

    @Override
    public String toString() {
        return digest.hex();
    }
}
