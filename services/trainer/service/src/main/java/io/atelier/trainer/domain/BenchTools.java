package io.atelier.trainer.domain;

/** What a {@link Workbench} works with; all thread-safe. */
public record BenchTools(
        Leases leases, Ledger ledger, Runner runner, Publisher publisher, Samples samples, ProgressReports progress) {}
