/**
 * Tests that need something beyond a JDK: a container engine, a browser, Prometheus, kcat. Where it is missing they are
 * skipped and say how to get it; where {@code ATELIER_REQUIRE} names the tier, they fail instead.
 */
@NullMarked
package io.atelier.kit.tier;

import org.jspecify.annotations.NullMarked;
