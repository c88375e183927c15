/** The image service: makes pictures and tells what is on them. {@link io.atelier.image.Wiring} shows all of it on one screen. */
@NullMarked
package io.atelier.image;

import org.jspecify.annotations.NullMarked;
