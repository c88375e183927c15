package io.atelier.models;

/**
 * A training job's right to publish. Several attempts of one job may try, some of them late: whoever holds the job's
 * lease takes a version's number in the job's own record before that version can be seen, so that a job ends with one
 * version, whichever attempt put it there.
 */
public interface VersionClaim {

    /** The job's id, which becomes {@code training.job} of the manifest. */
    String job();

    /**
     * Takes a number for the job, durably, before model.json becomes visible under it. A number taken and then lost to
     * another publisher is followed by the next one, so that the number taken last counts.
     *
     * @return false when another attempt holds the job's lease: this one publishes nothing more
     */
    boolean take(long version);
}
