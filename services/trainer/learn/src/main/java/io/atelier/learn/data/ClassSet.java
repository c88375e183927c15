package io.atelier.learn.data;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which pictures of a folder or archive are learnt as which classes. Readable from YAML, on its own or inside a recipe.
 *
 * @param classes the classes in the order of their labels; empty makes one of each first-level folder
 * @param form the form all pictures are brought into
 * @param keep which pictures are worth learning
 * @param heldOut which are held out
 * @param captions tells classes by keywords instead of folders; null when folders tell them
 */
public record ClassSet(
        List<ClassRule> classes,
        PictureForm form,
        Keep keep,
        HeldOut heldOut,
        @Nullable CaptionRule captions) {
    public ClassSet {
        classes = captions == null ? List.copyOf(Objects.requireNonNullElse(classes, List.of())) : captions.folders();
        Objects.requireNonNull(form, "a class set needs a form");
        keep = Objects.requireNonNullElse(keep, Keep.ALL);
        heldOut = Objects.requireNonNullElse(heldOut, HeldOut.TENTH);
    }

    /** One class per first-level folder, nothing left out, one picture in ten held out. */
    public static ClassSet byFolder(PictureForm form) {
        return new ClassSet(List.of(), form, Keep.ALL, HeldOut.TENTH, null);
    }

    /** Eight classes of Dungeon Crawl Stone Soup's 32x32 tiles (CC0), without icons, overlays and doubles. */
    public static ClassSet dcssTiles() {
        return ofThisLibrary("dcss-tiles.yaml");
    }

    /** Twelve classes of Noto's base emoji by the keywords of their captions, over white, 48x48. */
    public static ClassSet notoEmoji() {
        return ofThisLibrary("noto-emoji.yaml");
    }

    private static ClassSet ofThisLibrary(String name) {
        try (InputStream yaml = ClassSet.class.getResourceAsStream(name)) {
            return read(Objects.requireNonNull(yaml, name + " is part of this library"));
        } catch (IOException e) {
            throw new IllegalStateException(name + " is part of this library", e);
        }
    }

    /** Reads a set from YAML; a key it does not know is refused. */
    public static ClassSet read(InputStream yaml) throws IOException {
        return YAMLMapper.builder()
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readValue(yaml, ClassSet.class);
    }
}
