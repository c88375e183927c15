/** What moves parameters: losses, libtorch's optimisers, learning-rate schedules, moving averages. */
@NullMarked
package io.atelier.learn.optim;

import org.jspecify.annotations.NullMarked;
