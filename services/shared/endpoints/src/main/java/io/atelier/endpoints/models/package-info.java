/** {@code ModelService}, the same in every service: which models it has, and when that changes. */
@NullMarked
package io.atelier.endpoints.models;

import org.jspecify.annotations.NullMarked;
