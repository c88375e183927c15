/** What every entrance of the image service shares: its messages to and from the domain, and its requests as work. */
@NullMarked
package io.atelier.image.api;

import org.jspecify.annotations.NullMarked;
