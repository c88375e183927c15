/** How long a waiting thread takes to go on after a run has had the caches. */
@NullMarked
package io.atelier.bench.wake;

import org.jspecify.annotations.NullMarked;
