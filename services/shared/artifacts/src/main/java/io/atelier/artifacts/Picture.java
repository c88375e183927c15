package io.atelier.artifacts;

/**
 * A decoded picture, 8 bits a channel.
 *
 * @param width in pixels
 * @param height in pixels
 * @param channels 1 grey, 3 RGB, 4 RGBA with straight alpha
 * @param pixels rows from the top, (height, width, channels)
 */
public record Picture(int width, int height, int channels, byte[] pixels) {
    public Picture {
        if (channels != 1 && channels != 3 && channels != 4 || pixels.length != width * height * channels) {
            throw new IllegalArgumentException(
                    "not a picture: " + width + "x" + height + "x" + channels + " in " + pixels.length + " bytes");
        }
    }
}
