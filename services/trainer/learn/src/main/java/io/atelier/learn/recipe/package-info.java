/**
 * Recipes: each a YAML file that says what to build, on what, for how long and how to judge it, and a small class that
 * ties the parts together.
 *
 * <p>A recipe ends in an evaluated, published model package with a model card. Its settings can be overridden by name;
 * a name or a type it does not know is refused.
 */
@NullMarked
package io.atelier.learn.recipe;

import org.jspecify.annotations.NullMarked;
