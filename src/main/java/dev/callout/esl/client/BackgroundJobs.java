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
 * Jobs started by {@code bgapi} whose results are still to come, by Job-UUID. They outlive the connection: FreeSWITCH
 * delivers a job's result to whoever is subscribed when the job ends (measured on 1.10.12). Used on the event loop
 * only.
 */
final class BackgroundJobs {

    /** More calls than one switch can have ringing. The limit exists only to bound memory. */
    static final int MOST = 100_000;

    private static final class Job {
        private final CompletableFuture<String> result;
        private final ScheduledFuture<?> timer;
        /** If the switch is found to have been restarted: whether it had not read the command. */
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
     * @throws EslNotSentException if that job is already awaited, or if too many are
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

    /**
     * If the kind of failure depends on whether the switch was restarted, the report waits until the switch is there
     * again.
     */
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

    /** The connected switch is the same as before, so it may have read more. */
    void lives() {
        for (String jobUuid : List.copyOf(jobs.keySet())) {
            Job job = jobs.get(jobUuid);
            job.unreadIfDead = false;
            if (job.late != null) {
                fail(jobUuid, job.late);
            }
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

    /** @param restarted whether the connected switch is not the same as before */
    void failAll(String reason, boolean restarted) {
        for (String jobUuid : List.copyOf(jobs.keySet())) {
            String what = "no result of job " + jobUuid + ": " + reason;
            boolean unread = restarted && jobs.get(jobUuid).unreadIfDead;
            fail(jobUuid, unread ? new EslUnreadException(what) : new EslNoReplyException(what));
        }
    }

    private Job remove(String jobUuid) {
        Job job = jobs.remove(jobUuid);
        if (job != null) {
            job.timer.cancel(false);
        }
        return job;
    }
}
