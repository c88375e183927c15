package io.atelier.trainer.api.grpc;

import io.atelier.kernel.ErrorCode;
import io.atelier.kernel.Problem;
import io.atelier.proto.trainer.v1.ListTrainingJobsRequest;
import io.atelier.proto.trainer.v1.ListTrainingJobsResponse;
import io.atelier.proto.trainer.v1.TrainingState;
import io.atelier.trainer.api.JobMessages;
import io.atelier.trainer.domain.Job;
import io.atelier.trainer.domain.JobId;
import io.atelier.trainer.domain.JobQuery;
import io.atelier.trainer.domain.JobState;
import io.atelier.trainer.domain.Trainings;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Pages of jobs. A token names the last job of the page before, so that jobs that come meanwhile disturb nothing. */
final class JobPages {
    private static final int DEFAULT = 100;
    private static final int MOST = 1000;
    private static final char SEPARATOR = '_';

    private JobPages() {}

    static ListTrainingJobsResponse list(Trainings trainings, ListTrainingJobsRequest request) {
        int size = request.hasPageSize() ? request.getPageSize() : DEFAULT;
        if (size < 1 || size > MOST) {
            throw Problem.field(
                            ErrorCode.OUT_OF_RANGE_FIELD,
                            "page_size",
                            "1.." + MOST,
                            "A page takes 1 to " + MOST + " jobs, not " + size + ".")
                    .exception();
        }
        List<Job> jobs = trainings.list(new JobQuery(
                states(request), named(request.getRecipe()), named(request.getOwner()), mark(request), size + 1));
        ListTrainingJobsResponse.Builder page = ListTrainingJobsResponse.newBuilder();
        jobs.stream().limit(size).map(JobMessages::of).forEach(page::addJobs);
        if (jobs.size() > size) {
            Job last = jobs.get(size - 1);
            page.setNextPageToken(last.createdAt().toString() + SEPARATOR + last.id());
        }
        return page.build();
    }

    private static Set<JobState> states(ListTrainingJobsRequest request) {
        Set<JobState> states = EnumSet.noneOf(JobState.class);
        for (TrainingState state : request.getStatesList()) {
            states.add(
                    JobMessages.state(state).orElseThrow(() -> refused("states", "a state", "A filter names states.")));
        }
        return states;
    }

    private static Optional<String> named(String value) {
        return Optional.of(value).filter(text -> !text.isEmpty());
    }

    private static Optional<JobQuery.Mark> mark(ListTrainingJobsRequest request) {
        String token = request.getPageToken();
        if (token.isEmpty()) {
            return Optional.empty();
        }
        int at = token.indexOf(SEPARATOR);
        try {
            return Optional.of(new JobQuery.Mark(
                    Instant.parse(token.substring(0, Math.max(0, at))), JobId.parse(token.substring(at + 1))));
        } catch (DateTimeException e) {
            throw refused("page_token", "next_page_token of an earlier answer", "The page token is none of ours.");
        }
    }

    private static RuntimeException refused(String field, String limit, String message) {
        return Problem.field(ErrorCode.MALFORMED_ID, field, limit, message).exception();
    }
}
