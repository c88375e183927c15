/**
 * Requests and events as bytes: the same protobuf message as proto3 JSON or protobuf.
 *
 * <p>JSON keeps proto field names. Requests are read strictly: an unknown field or a wrong type is a problem that names the
 * field; bytes that are no JSON object, or no protobuf, are undecodable.
 */
@NullMarked
package io.atelier.endpoints.codec;

import org.jspecify.annotations.NullMarked;
