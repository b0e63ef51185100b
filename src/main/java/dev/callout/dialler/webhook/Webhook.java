package dev.callout.dialler.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.settings.Settings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts outcomes to one address, each until it is accepted. Outcomes of one number go out one after the other, those of
 * several numbers side by side. What waits is bounded and in memory. Calls never wait for it. Thread-safe.
 */
public final class Webhook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Posts that are under way at once. */
    private static final int LANES = 16;

    /** Outcomes that may wait. */
    static final int MOST = 10_000;

    /** Tries after which an outcome is given up that the receiver alone refuses, since it takes others. */
    private static final int TRIES = 10;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** To the end of the answer. */
    private static final Duration ANSWER = Duration.ofSeconds(15);

    /** What a receiver says of this body, and would say of it again. */
    private static final Set<Integer> NEVER = Set.of(400, 413, 415, 422);

    /** Null: there is none. */
    private final Settings.Webhook settings;

    private final HttpClient client;
    private final ScheduledExecutorService timer;
    private final InstantSource clock;
    private final Duration firstPause;
    private final Duration answer;
    private final Signature signature;
    private final List<Lane> lanes = Stream.generate(Lane::new).limit(LANES).toList();

    private int waiting;
    private long accepted;
    private long refused;
    private long dropped;
    private Instant lastSuccess;
    private Instant lastFailure;
    private String reason;
    private boolean failing;
    private boolean closed;

    /** Outcomes that go out one after the other; the first is the one that is being posted. */
    private static final class Lane {
        private final Deque<Outcome> outcomes = new ArrayDeque<>();
        private int tries;
        /** How many outcomes of all lanes had been accepted when the first was tried first. */
        private long acceptedBefore;
    }

    private record Outcome(String call, String json) {}

    /**
     * How it stands.
     *
     * @param receiver    the receiver's scheme, host and port; paths can be secret
     * @param waiting     outcomes that wait, those that are being posted included
     * @param accepted    outcomes that the receiver has accepted since the start of this node
     * @param refused     those given up because the receiver refused them
     * @param dropped     those lost because too many waited
     * @param lastSuccess when it accepted one last; null: never
     * @param lastFailure when a post failed last; null: never
     * @param reason      why that failed
     * @param failing     whether the last post failed
     */
    public record State(
            String receiver,
            int waiting,
            long accepted,
            long refused,
            long dropped,
            Instant lastSuccess,
            Instant lastFailure,
            String reason,
            boolean failing) {}

    /**
     * @param settings null: there is no webhook, and nothing is taken
     * @param client never follows redirects
     * @param timer  one thread, for pauses
     * @param clock  this machine's, as receivers compare it with theirs
     */
    public Webhook(Settings.Webhook settings, HttpClient client, ScheduledExecutorService timer, InstantSource clock) {
        this(settings, client, timer, clock, FIRST_PAUSE, ANSWER);
    }

    /** The same with another first pause, and another time to the end of an answer. */
    Webhook(
            Settings.Webhook settings,
            HttpClient client,
            ScheduledExecutorService timer,
            InstantSource clock,
            Duration firstPause,
            Duration answer) {
        this.settings = settings;
        this.client = client;
        this.timer = timer;
        this.clock = clock;
        this.firstPause = firstPause;
        this.answer = answer;
        this.signature = settings == null ? null : new Signature(settings.secret());
    }

    /** A client as it needs one: it goes where it is sent, and nowhere else. */
    public static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
    }

    /** Takes an outcome as {@code seda:outcomes} has it, and returns at once. */
    public void take(@Body String json) throws JsonProcessingException {
        JsonNode outcome = MAPPER.readTree(json);
        int key = Objects.hash(outcome.path("list").asText(), outcome.path("id").asLong());
        Lane lane = lanes.get(Math.floorMod(key, LANES));
        synchronized (this) {
            if (waiting >= MOST || closed || settings == null) {
                if (dropped++ == 0) {
                    LOG.warn(
                            "Outcomes for the webhook are lost: {} wait already, because it fails: {}",
                            waiting,
                            reason);
                }
                return;
            }
            waiting++;
            lane.outcomes.add(new Outcome(outcome.path("call").asText(), json));
            if (lane.outcomes.size() == 1) {
                begin(lane);
            }
        }
    }

    /** Returns how it stands; empty if there is no webhook. */
    public synchronized Optional<State> state() {
        if (settings == null) {
            return Optional.empty();
        }
        URI url = settings.url();
        return Optional.of(new State(
                url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()),
                waiting,
                accepted,
                refused,
                dropped,
                lastSuccess,
                lastFailure,
                reason,
                failing));
    }

    /** Posts nothing more. What waits is lost; the log says how many. */
    @Override
    public synchronized void close() {
        closed = true;
        if (waiting > 0) {
            LOG.warn("{} outcomes were not posted to the webhook; table call_attempts has them", waiting);
        }
    }

    private void begin(Lane lane) {
        lane.tries = 0;
        lane.acceptedBefore = accepted;
        post(lane);
    }

    private synchronized void post(Lane lane) {
        if (closed) {
            return;
        }
        HttpRequest request;
        try {
            request = request(lane.outcomes.element());
        } catch (IllegalArgumentException e) {
            // A user's route may put anything into the queue, also a call that no header can hold.
            told(e.getMessage());
            giveUp(lane);
            return;
        }
        lane.tries++;
        CompletableFuture<HttpResponse<Void>> exchange =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        // The request's own time-out ends with the head of the answer. A copy times out, and leaves the exchange under
        // way: only then does a cancel close its connection.
        exchange.copy().orTimeout(answer.toMillis(), TimeUnit.MILLISECONDS).whenComplete((response, fault) -> {
            exchange.cancel(true);
            if (fault == null) {
                answered(lane, response.statusCode());
            } else {
                failed(lane, fault);
            }
        });
    }

    private HttpRequest request(Outcome outcome) {
        return HttpRequest.newBuilder(settings.url())
                .timeout(answer)
                .header("Content-Type", "application/json")
                .header("User-Agent", "Callout")
                .header("Callout-Delivery", outcome.call())
                .header(Signature.HEADER, signature.of(clock.instant(), outcome.json()))
                .POST(HttpRequest.BodyPublishers.ofString(outcome.json()))
                .build();
    }

    private synchronized void answered(Lane lane, int status) {
        if (status >= 200 && status < 300) {
            accepted++;
            lastSuccess = clock.instant();
            if (failing) {
                LOG.info("The webhook accepts outcomes again; {} wait", waiting);
            }
            failing = false;
            next(lane);
        } else {
            told("status " + status + (status / 100 == 3 ? ", a redirect, which is not followed" : ""));
            if (NEVER.contains(status)) {
                giveUp(lane);
            } else {
                again(lane);
            }
        }
    }

    private synchronized void failed(Lane lane, Throwable fault) {
        Throwable cause = fault.getCause() == null ? fault : fault.getCause();
        told(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.toString());
        again(lane);
    }

    private void told(String why) {
        lastFailure = clock.instant();
        reason = why;
        if (!failing && !closed) {
            LOG.warn("The webhook does not accept an outcome, which is posted again: {}", why);
        }
        failing = true;
    }

    /** Others were accepted meanwhile: so it is this outcome that the receiver cannot take. */
    private void again(Lane lane) {
        if (lane.tries >= TRIES && accepted > lane.acceptedBefore) {
            giveUp(lane);
            return;
        }
        Duration pause = firstPause.multipliedBy(1L << Math.min(lane.tries - 1, 20));
        if (!closed) {
            timer.schedule(
                    () -> post(lane), Math.min(pause.toMillis(), LONGEST_PAUSE.toMillis()), TimeUnit.MILLISECONDS);
        }
    }

    private void giveUp(Lane lane) {
        refused++;
        LOG.warn(
                "The webhook refuses the outcome of call {}, which is given up: {}",
                lane.outcomes.element().call(),
                reason);
        next(lane);
    }

    private void next(Lane lane) {
        lane.outcomes.remove();
        waiting--;
        if (!lane.outcomes.isEmpty()) {
            begin(lane);
        }
    }
}
