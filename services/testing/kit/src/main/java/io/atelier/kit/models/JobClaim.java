package io.atelier.kit.models;

import io.atelier.models.VersionClaim;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongPredicate;

/** A job's claim that remembers which numbers it was asked to take. */
public final class JobClaim implements VersionClaim {
    private final String job;
    private final LongPredicate lease;
    private final List<Long> taken = new CopyOnWriteArrayList<>();

    /** The claim of an attempt that keeps its lease. */
    public JobClaim(String job) {
        this(job, version -> true);
    }

    /** The claim of an attempt whose lease this predicate keeps. */
    public JobClaim(String job, LongPredicate lease) {
        this.job = job;
        this.lease = lease;
    }

    @Override
    public String job() {
        return job;
    }

    @Override
    public boolean take(long version) {
        taken.add(version);
        return lease.test(version);
    }

    /** Every number that was asked for, in order. */
    public List<Long> taken() {
        return List.copyOf(taken);
    }
}
