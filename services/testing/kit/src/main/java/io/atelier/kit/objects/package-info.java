/** A real S3 server in this JVM, for tests. */
@NullMarked
package io.atelier.kit.objects;

import org.jspecify.annotations.NullMarked;
