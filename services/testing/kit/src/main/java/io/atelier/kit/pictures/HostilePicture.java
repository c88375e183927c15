package io.atelier.kit.pictures;

import io.atelier.kernel.ErrorCode;
import java.util.Optional;

/**
 * A file that is sent as a picture to do harm, or by mistake.
 *
 * @param name tells it from the others
 * @param bytes the file
 * @param refusal how it is refused; empty where it is read
 */
@SuppressWarnings("ArrayRecordComponent") // a file, never compared
public record HostilePicture(String name, byte[] bytes, Optional<Refusal> refusal) {

    /**
     * A refusal.
     *
     * @param code its code
     * @param rule words of its message that tell the rule
     */
    public record Refusal(ErrorCode code, String rule) {}

    static HostilePicture read(String name, byte[] bytes) {
        return new HostilePicture(name, bytes, Optional.empty());
    }

    static HostilePicture noPicture(String name, String rule, byte[] bytes) {
        return new HostilePicture(name, bytes, Optional.of(new Refusal(ErrorCode.NOT_A_PICTURE, rule)));
    }

    static HostilePicture tooLarge(String name, String rule, byte[] bytes) {
        return new HostilePicture(name, bytes, Optional.of(new Refusal(ErrorCode.TOO_LARGE, rule)));
    }

    @Override
    public String toString() {
        return name;
    }
}
