package io.atelier.trainer.domain;

/** Tells those who asked for jobs by events how far they have come. Never waits: a lost report is lost. */
@FunctionalInterface
public interface ProgressReports {
    void told(Job job, long step, long totalSteps);
}
