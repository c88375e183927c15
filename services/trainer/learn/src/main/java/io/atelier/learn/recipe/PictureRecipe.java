package io.atelier.learn.recipe;

import io.atelier.learn.data.Corpus;
import java.nio.file.Path;

/** What all ways to make the pictures of a set share: its settings by name, its data and its measures. */
abstract class PictureRecipe implements Recipe<Corpus> {
    final PictureSet set;
    private final Settings defaults;

    PictureRecipe(String name, PictureSet set) {
        this.set = set;
        this.defaults = Recipes.file(name, PictureSet.MEASURES);
    }

    @Override
    public final Settings defaults() {
        return defaults;
    }

    @Override
    public final Measures measures() {
        return PictureSet.MEASURES;
    }

    @Override
    public final Corpus corpus(Path data) {
        return set.read(data);
    }
}
