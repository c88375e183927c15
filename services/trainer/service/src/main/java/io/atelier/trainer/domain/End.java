package io.atelier.trainer.domain;

/** How a worker ends a job. A cancellation is not a worker's to tell. */
public sealed interface End {
    record Succeeded(Published model) implements End {}

    record Failed(Failure failure) implements End {}
}
