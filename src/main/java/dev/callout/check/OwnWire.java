package dev.callout.check;

import dev.callout.esl.client.EslClient;
import dev.callout.esl.client.EslListener;
import dev.callout.esl.client.EslSettings;
import dev.callout.esl.wire.EslEvent;
import dev.callout.settings.SwitchSettings;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * Asks a switch through the protocol code that also makes the calls, on a separate connection.
 *
 * @param threads  where host names are looked up, which blocks
 * @param patience longest time for connecting, and for the answer to one command
 * @param machine  the clock that the switch's clock is compared with
 */
record OwnWire(EventLoopGroup group, Executor threads, Duration patience, InstantSource machine) {

    private static final Duration NEVER = Duration.ofDays(1);

    /**
     * Logs in, asks, and disconnects.
     *
     * @param questions API commands
     * @return the answer; fails with an exception whose message is for an operator
     */
    CompletableFuture<SwitchAnswer> ask(SwitchSettings one, List<String> questions) {
        String job = UUID.randomUUID().toString();
        EslSettings settings = new EslSettings(
                one.name(),
                one.host(),
                one.port(),
                new EslSettings.Account(null, one.password()),
                new EslSettings.Limits(patience, patience, NEVER, NEVER, NEVER, EslSettings.DEFAULT_MAX_FRAME_BYTES),
                new EslSettings.Subscription(List.of("BACKGROUND_JOB"), List.of("Job-UUID " + job)));
        Conversation conversation = new Conversation(settings.toString(), machine);
        EslClient client = new EslClient(settings, group, threads, conversation);
        client.start();
        CompletableFuture<SwitchAnswer> answer = conversation.ready.thenCompose(coreUuid -> {
            Map<String, CompletableFuture<String>> replies =
                    questions.stream().collect(Collectors.toMap(question -> question, client::api));
            conversation.asked = machine.instant();
            return client.bgapi("uptime", job, patience)
                    .thenCompose(result -> conversation.ahead)
                    .thenCombine(all(replies), (ahead, texts) -> new SwitchAnswer(coreUuid, texts, ahead));
        });
        answer.whenComplete((result, fault) -> client.close());
        return answer;
    }

    private static CompletableFuture<Map<String, String>> all(Map<String, CompletableFuture<String>> replies) {
        return CompletableFuture.allOf(replies.values().toArray(CompletableFuture[]::new))
                .thenApply(done -> replies.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, reply -> reply.getValue().join())));
    }

    /** Receives what the switch sends. Called on one event loop. */
    private static final class Conversation implements EslListener {

        private final CompletableFuture<String> ready = new CompletableFuture<>();
        /** Calculated from the timestamp of the one event that passes the filter. */
        private final CompletableFuture<Duration> ahead = new CompletableFuture<>();

        private final String address;
        private final InstantSource machine;
        private volatile Instant asked;

        private Conversation(String address, InstantSource machine) {
            this.address = address;
            this.machine = machine;
        }

        @Override
        public void onReady(String coreUuid) {
            ready.complete(coreUuid);
        }

        @Override
        public void onDown(String reason) {
            ready.completeExceptionally(new IllegalStateException(reason.replace(address + ": ", "")));
        }

        @Override
        public void onEvent(EslEvent event) {
            long micros = event.number("Event-Date-Timestamp", 0);
            ahead.complete(Clocks.ahead(asked, Instant.EPOCH.plus(micros, ChronoUnit.MICROS), machine.instant()));
        }
    }
}
