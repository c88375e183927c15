/**
 * Runs each attempt at a training as a Kubernetes Job of one pod, with the arguments that {@code runtime.process} gives a
 * child process. Its signs come from the pod's log, its end from the pod's status.
 *
 * <p>The run's folder lies on a volume that the service and the pods share, under one path: what an attempt keeps is
 * there for the next one wherever that runs. Nothing in here is loaded unless {@code atelier.trainer.runner} asks for it.
 *
 * <p>The Job's name is made of the job and the epoch, so that an attempt exists at most once however often its start is
 * tried. The cluster never repeats an attempt: the ledger alone says who goes on with a job.
 */
@NullMarked
package io.atelier.trainer.runtime.kubernetes;

import org.jspecify.annotations.NullMarked;
