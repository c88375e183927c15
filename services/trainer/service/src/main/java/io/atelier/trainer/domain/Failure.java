package io.atelier.trainer.domain;

/**
 * Why a job ended without a model.
 *
 * @param code stable code, {@code ATELIER-<AREA>-<NNNN>}
 * @param message what happened and what to do
 */
public record Failure(String code, String message) {}
