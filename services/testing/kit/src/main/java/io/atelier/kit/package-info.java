/**
 * What tests of several modules share: a real broker, service jars as processes, a stranger's view of the topics.
 *
 * <p>Nothing here stands in for a real component. Whatever a test starts through the kit ends with it, also when the
 * test fails.
 */
@NullMarked
package io.atelier.kit;

import org.jspecify.annotations.NullMarked;
