package io.atelier.trainer.domain;

import io.atelier.kernel.Digest;

/** The version a job has published. */
public record Published(String model, long version, Digest digest) {}
