package io.atelier.imports.fit;

/** A picture's size in pixels. */
public record Size(long width, long height) {
    @Override
    public String toString() {
        return width + "x" + height;
    }
}
