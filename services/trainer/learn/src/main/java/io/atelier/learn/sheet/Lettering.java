package io.atelier.learn.sheet;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Letters of 5x7 dots for row labels. Java's own text needs fonts that a server or a container seldom has, and differs
 * with them; a sheet should be the same everywhere.
 */
final class Lettering {
    static final int HEIGHT = 7;
    private static final int STEP = 6;
    private static final Map<Character, List<String>> GLYPHS = load();

    private Lettering() {}

    /** Told of each dot of a text. */
    interface Dots {
        void at(int x, int y);
    }

    static int width(String text) {
        return text.length() * STEP;
    }

    /** Calls for each dot; a character without a glyph is a box. */
    static void dots(String text, Dots dots) {
        List<String> box = Objects.requireNonNull(GLYPHS.get('?'));
        String shown = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i < shown.length(); i++) {
            List<String> glyph = GLYPHS.getOrDefault(shown.charAt(i), box);
            for (int y = 0; y < glyph.size(); y++) {
                for (int x = 0; x < glyph.get(y).length(); x++) {
                    if (glyph.get(y).charAt(x) == '#') {
                        dots.at(i * STEP + x, y);
                    }
                }
            }
        }
    }

    private static Map<Character, List<String>> load() {
        try (InputStream in = Objects.requireNonNull(Lettering.class.getResourceAsStream("glyphs.txt"))) {
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            Map<Character, List<String>> glyphs = new HashMap<>();
            glyphs.put(' ', List.of());
            for (int i = 0; i + HEIGHT < lines.size(); i += HEIGHT + 1) {
                String letters = lines.get(i); // a line of letters, then seven lines of their dots, six columns each
                for (int k = 0; k < letters.length(); k++) {
                    int from = k * STEP;
                    glyphs.put(
                            letters.charAt(k),
                            lines.subList(i + 1, i + 1 + HEIGHT).stream()
                                    .map(line -> line.substring(from, from + STEP - 1))
                                    .toList());
                }
            }
            return Map.copyOf(glyphs);
        } catch (IOException e) {
            throw new IllegalStateException("glyphs.txt is part of this library", e);
        }
    }
}
