@NullMarked
package io.atelier.oip.grpc;

import org.jspecify.annotations.NullMarked;
