package dev.callout.esl.client;

import dev.callout.esl.wire.EslException;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Jobs begun by {@code bgapi} whose results are still to come, by Job-UUID. They outlive the connection: FreeSWITCH delivers
 * a job's result to whoever is subscribed when it ends (measured on 1.10.12). Used on the event loop only.
 */
final class BackgroundJobs {

    /** More calls than one switch can have ringing; a limit only so that memory is bounded. */
    static final int MOST = 100_000;

    private static final class Job {
        private final CompletableFuture<String> result;
        private final ScheduledFuture<?> timer;
        /** Whether the switch has not read the command if it is found to have been restarted. */
        private boolean unreadIfDead;

        private EslException late;

        private Job(CompletableFuture<String> result, ScheduledFuture<?> timer) {
            this.result = result;
            this.timer = timer;
        }
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
        Runnable late = () -> late(
                jobUuid,
                new EslNoReplyException("no result of job " + jobUuid + " within " + timeout.toMillis() + " ms"));
        jobs.put(jobUuid, new Job(result, loop.schedule(late, timeout.toMillis(), TimeUnit.MILLISECONDS)));
    }

    /** What is to be told as soon as the switch is there again waits for that. */
    private void late(String jobUuid, EslException reason) {
        Job job = jobs.get(jobUuid);
        if (job != null && job.unreadIfDead) {
            job.late = reason;
        } else {
            fail(jobUuid, reason);
        }
    }

    /** The command had no reply when the switch closed the connection; see {@link PendingReplies#failAll}. */
    void unreadIfDead(String jobUuid) {
        Job job = jobs.get(jobUuid);
        if (job != null) {
            job.unreadIfDead = true;
        }
    }

    /** The switch that is connected is the same as before: it may have read on. */
    void lives() {
        for (String jobUuid : List.copyOf(jobs.keySet())) {
            Job job = jobs.get(jobUuid);
            job.unreadIfDead = false;
            if (job.late != null) {
                fail(jobUuid, job.late);
            }
        }
    }

    /** The switch that is connected is another one than before. */
    void restarted(String reason) {
        for (String jobUuid : List.copyOf(jobs.keySet())) {
            String what = "no result of job " + jobUuid + ": " + reason;
            fail(
                    jobUuid,
                    jobs.get(jobUuid).unreadIfDead ? new EslUnreadException(what) : new EslNoReplyException(what));
        }
    }

    void finish(String jobUuid, String result) {
        Job job = remove(jobUuid);
        if (job != null) {
            job.result.complete(result);
        }
    }

    void fail(String jobUuid, EslException reason) {
        Job job = remove(jobUuid);
        if (job != null) {
            job.result.completeExceptionally(reason);
        }
    }

    void failAll(String reason) {
        List.copyOf(jobs.keySet())
                .forEach(jobUuid ->
                        fail(jobUuid, new EslNoReplyException("no result of job " + jobUuid + ": " + reason)));
    }

    private Job remove(String jobUuid) {
        Job job = jobs.remove(jobUuid);
        if (job != null) {
            job.timer.cancel(false);
        }
        return job;
    }
}
