package io.atelier.endpoints.security;

/** Tells whose a credential is. Thread-safe; never blocks. */
@FunctionalInterface
interface Verifier {
    Verdict verify(String credential);
}
