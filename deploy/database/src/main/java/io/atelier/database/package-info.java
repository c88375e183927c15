/**
 * PostgreSQL for the local suite: the real server, from binaries that come as a library, listening on the loopback address
 * only and without login, as everything local does. A program of its own, so that who starts no trainer needs none of it.
 *
 * <p>What lies in its folder is a plain PostgreSQL cluster and survives every start.
 */
@NullMarked
package io.atelier.database;

import org.jspecify.annotations.NullMarked;
