/** What is configured of the image service alone. */
@NullMarked
package io.atelier.image.config;

import org.jspecify.annotations.NullMarked;
