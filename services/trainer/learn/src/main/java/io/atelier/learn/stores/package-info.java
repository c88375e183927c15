/**
 * What the commands' options name: folders, or places in an object store. The store's client is opened when the first
 * such place is used, so that a training on folders pays nothing for it.
 */
@NullMarked
package io.atelier.learn.stores;

import org.jspecify.annotations.NullMarked;
