@NullMarked
package io.atelier.oip.rest;

import org.jspecify.annotations.NullMarked;
