/** How long the local suite takes to be ready, and what memory it takes when nobody asks it for anything. */
@NullMarked
package io.atelier.bench.startup;

import org.jspecify.annotations.NullMarked;
