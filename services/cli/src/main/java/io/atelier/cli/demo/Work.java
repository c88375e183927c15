package io.atelier.cli.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * One made work, as the manifest lists it.
 *
 * @param path its file, relative to the manifest's folder
 * @param kind image, audio or text
 * @param task what the model does
 * @param entrance grpc or kafka
 * @param model the model's name
 * @param version the model's version
 * @param seed what its randomness came from
 * @param requestId the request that made it
 * @param label what it shows; not in the manifest
 */
record Work(
        String path,
        String kind,
        String task,
        String entrance,
        String model,
        long version,
        long seed,
        @JsonProperty("request_id") String requestId,
        @JsonIgnore String label) {}
