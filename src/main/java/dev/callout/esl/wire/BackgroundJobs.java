package dev.callout.esl.wire;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;

/**
 * Jobs begun by {@code bgapi} whose results are still to come, by Job-UUID. They outlive the connection: FreeSWITCH delivers
 * a job's result to whoever is subscribed when it ends (measured on 1.10.12). Used on the event loop only.
 */
final class BackgroundJobs {

    /** More calls than one switch can have ringing; a limit only so that memory is bounded. */
    static final int MOST = 100_000;

    private record Job(CompletableFuture<String> result, ScheduledFuture<?> timer) {
    }

    private final EventLoop loop;
    private final Map<String, Job> jobs = new HashMap<>();

    BackgroundJobs(EventLoop loop) {
        this.loop = loop;
    }

    /**
     * Waits for a job's result.
     *
     * @throws EslNotSentException if that job is awaited already, or too many are
     */
    void await(String jobUuid, Duration timeout, CompletableFuture<String> result) {
        if (jobs.containsKey(jobUuid)) {
            throw new EslNotSentException("job " + jobUuid + " is awaited already, each bgapi needs its own Job-UUID");
        }
        if (jobs.size() >= MOST) {
            throw new EslNotSentException("the results of " + MOST + " jobs are awaited already");
        }
        Runnable late = () -> fail(jobUuid, new EslNoReplyException(
                "no result of job " + jobUuid + " within " + timeout.toMillis() + " ms"));
        jobs.put(jobUuid, new Job(result, loop.schedule(late, timeout.toMillis(), TimeUnit.MILLISECONDS)));
    }

    void finish(String jobUuid, String result) {
        Job job = remove(jobUuid);
        if (job != null) {
            job.result().complete(result);
        }
    }

    void fail(String jobUuid, EslException reason) {
        Job job = remove(jobUuid);
        if (job != null) {
            job.result().completeExceptionally(reason);
        }
    }

    void failAll(String reason) {
        List.copyOf(jobs.keySet()).forEach(jobUuid ->
                fail(jobUuid, new EslNoReplyException("no result of job " + jobUuid + ": " + reason)));
    }

    private Job remove(String jobUuid) {
        Job job = jobs.remove(jobUuid);
        if (job != null) {
            job.timer().cancel(false);
        }
        return job;
    }
}
