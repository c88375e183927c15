/** What ties the image service to its process: starting, readiness, housekeeping and stopping. */
@NullMarked
package io.atelier.image.runtime;

import org.jspecify.annotations.NullMarked;
