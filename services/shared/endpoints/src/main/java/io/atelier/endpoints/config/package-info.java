/**
 * The configuration every service shares, one interface per prefix. What a type cannot say is checked by {@link
 * io.atelier.endpoints.config.ConfigCheck} at start, all problems at once.
 */
@NullMarked
package io.atelier.endpoints.config;

import org.jspecify.annotations.NullMarked;
