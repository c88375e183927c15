package io.atelier.learn.recipe;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** All recipes of this library. */
public final class Recipes {
    private static final List<Recipe<?>> ALL = List.of(
            new CnnFashion(),
            new GanFashion(),
            new PictureGan("gan-tiles", PictureSet.TILES),
            new PictureGan("gan-emoji", PictureSet.EMOJI),
            new PictureGan("image-folder", PictureSet.FOLDERS),
            new PictureFlow("flow-tiles", PictureSet.TILES),
            new PictureFlow("flow-emoji", PictureSet.EMOJI),
            new StyleRecipe());

    private Recipes() {}

    public static List<Recipe<?>> all() {
        return ALL;
    }

    /** The recipe of this name; throws a problem that lists the names. */
    public static Recipe<?> byName(String name) {
        return ALL.stream()
                .filter(recipe -> recipe.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    String names =
                            String.join(", ", ALL.stream().map(Recipe::name).toList());
                    return Problem.field(
                                    ErrorCode.OUT_OF_RANGE_FIELD,
                                    "recipe",
                                    names,
                                    "There is no recipe " + name + "; there are " + names + ".")
                            .exception();
                });
    }

    /** The settings of a recipe's file. */
    static Settings file(String name, Measures measures) {
        Declarations declarations = new Declarations(name, measures);
        try (InputStream yaml = Recipes.class.getResourceAsStream(name + ".yaml")) {
            return Settings.read(
                    Objects.requireNonNull(yaml, name + ".yaml is part of this library"), declarations::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
