package io.atelier.artifacts.pictures;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** What a PNG says its samples mean: iCCP before sRGB before gAMA and cHRM; else they are sRGB's. */
final class PngColours {
    private static final int MAX_NAME = 79;
    private static final int SIZE = 4;

    private PngColours() {}

    static Optional<ColourChange> of(PngChunks png) {
        int channels = png.header().isGrey() ? 1 : 3;
        Optional<ByteBuffer> embedded = png.chunk("iCCP");
        if (embedded.isPresent()) {
            return profile(embedded.get()).flatMap(profile -> ColourChange.by(profile, channels));
        }
        return png.chunk("sRGB").isPresent()
                ? Optional.empty()
                : Primaries.profile(png).flatMap(profile -> ColourChange.by(profile, channels));
    }

    /** The profile, whose first word is its length; empty where it is longer than that or than {@link Profile#MAX_BYTES}. */
    private static Optional<byte[]> profile(ByteBuffer iccp) {
        int name = 0;
        while (iccp.hasRemaining() && iccp.get() != 0) {
            name++;
        }
        if (name == 0 || name > MAX_NAME || !iccp.hasRemaining() || iccp.get() != 0) {
            return Optional.empty();
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(iccp);
            byte[] size = new byte[SIZE];
            int length = inflater.inflate(size) == SIZE ? ByteBuffer.wrap(size).getInt() : 0;
            if (length < SIZE || length > Profile.MAX_BYTES) {
                return Optional.empty();
            }
            byte[] profile = new byte[length];
            System.arraycopy(size, 0, profile, 0, SIZE);
            int read = inflater.inflate(profile, SIZE, length - SIZE);
            return read == length - SIZE ? Optional.of(profile) : Optional.empty();
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
