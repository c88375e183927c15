/** Opens the stores a service is configured for: folders, or places in an object store. */
@NullMarked
package io.atelier.endpoints.stores;

import org.jspecify.annotations.NullMarked;
