/**
 * Object stores that speak S3 with conditional writes: Amazon S3, and what is compatible with it.
 *
 * <p>Nothing here is loaded before an {@link io.atelier.s3.S3Connection} is opened, so a process that is configured for
 * folders pays nothing. Payloads are signed and sent plainly, without the checksum trailers that many compatible stores
 * do not take; TLS guards them on the way.
 */
@NullMarked
package io.atelier.s3;

import org.jspecify.annotations.NullMarked;
