/**
 * Finds out how a model from elsewhere is fed and read: which tensor is what, the layout, channels, size and values of its
 * pictures, its classes. What neither the file nor its trial tells must be told; every refusal names the option.
 */
@NullMarked
package io.atelier.imports.fit;

import org.jspecify.annotations.NullMarked;
