/**
 * Who calls, and whether they may: the one rule behind every entrance of every service.
 *
 * <p>An entrance hands the headers of a call to {@link io.atelier.endpoints.security.Security} and gets an {@link
 * io.atelier.endpoints.security.Identity} or the problem to answer with. Answers say what is missing and what to do, never
 * which keys exist; no credential is ever logged. Nothing here blocks: files and signing keys are read beside the calls, by a
 * thread that exists only when callers are asked for something.
 *
 * <p>Tokens are verified by jose4j, the library under Quarkus' own smallrye-jwt: that extension guards Quarkus' HTTP routes
 * and asks a class for annotations, while here every entrance is closed unless {@link
 * io.atelier.endpoints.security.OpenDoors} says otherwise, on grpc-java's server too, and nothing is loaded when nobody is
 * asked.
 */
@NullMarked
package io.atelier.endpoints.security;

import org.jspecify.annotations.NullMarked;
