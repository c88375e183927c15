package io.atelier.kernel;

/**
 * One field of a request and what is wrong with it.
 *
 * @param code the stable code
 * @param field the field by its name in the request
 * @param limit the limit or rule that was broken; empty where none can be named
 * @param message a sentence for the user
 */
public record Violation(ErrorCode code, String field, String limit, String message) {}
