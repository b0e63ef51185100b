package dev.callout.dialler.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.NotNowException;
import dev.callout.dialler.attempt.Allowance;
import dev.callout.dialler.attempt.Attempt;
import dev.callout.dialler.attempt.Attempts;
import dev.callout.dialler.attempt.Place;
import dev.callout.dialler.dial.SentMarks;
import dev.callout.dialler.stop.StopAll;
import dev.callout.store.DatabaseClock;
import dev.callout.store.claim.ClaimedNumber;
import dev.callout.store.claim.EarlierState;
import dev.callout.store.numbers.CalloutTable;
import dev.callout.store.numbers.SentMark;
import dev.callout.testbed.FreshDatabase;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the steps behind a wait may do without anybody else's having to wait: everything, even to block. */
class RouteThreadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant CLAIMED = Instant.EPOCH;
    private static final EarlierState FRESH = new EarlierState(0, null, null, null, null, null, null);

    private final Queue<String> committed = new ConcurrentLinkedQueue<>();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CalloutTable table = (CalloutTable) Proxy.newProxyInstance(
            CalloutTable.class.getClassLoader(), new Class<?>[] {CalloutTable.class}, this::answer);
    private final CamelContext camelContext = new DefaultCamelContext();
    private final DatabaseClock clock =
            new DatabaseClock(new DriverManagerDataSource(FreshDatabase.create(), "root", ""));
    private final Switches switches = new Switches(
            Map.of("fs1", 1000d),
            new Attempts(),
            new Gateways(clock, new GatewayTable(null), CallLimits.none(), ChannelLimits.none()),
            CallLimits.none(),
            ChannelLimits.none(),
            clock);
    private final SentMarks sentMarks = new SentMarks(
            camelContext,
            switches,
            clock,
            new Allowance(() -> Duration.ofHours(1)),
            campaigns -> Set.of(),
            new StopAll(Optional::empty, System::nanoTime));

    @BeforeEach
    void start() throws Exception {
        clock.measure();
        camelContext.start();
        switches.start(camelContext);
        sentMarks.start();
    }

    @AfterEach
    void stop() throws Exception {
        blocked.countDown();
        sentMarks.stop();
        switches.stop();
        camelContext.close();
    }

    @Test
    void aStepThatBlocksBehindTheTurnKeepsNobodyFromHisTurn() {
        Attempt first = attempt(1);
        Attempt second = attempt(2);
        blockBehind(() -> switches.turn(first));
        await().atMost(PATIENCE).until(() -> first.departure().at().isAfter(CLAIMED));
        switches.turn(second);

        await().atMost(PATIENCE).until(() -> second.departure().at().isAfter(CLAIMED));
    }

    @Test
    void aStepThatBlocksBehindTheSentMarkKeepsNoOtherMarkFromBeingCommitted() {
        blockBehind(() -> sentMarks.mark(attempt(1)));
        await().atMost(PATIENCE).until(() -> committed.contains("1"));
        sentMarks.mark(attempt(2));

        await().atMost(PATIENCE).until(() -> committed.contains("2"));
    }

    @Test
    void numbersGoOnInTheOrderInWhichTheyCame() {
        List<Integer> numbers = IntStream.range(0, 500).boxed().toList();
        Queue<Integer> marked = new ConcurrentLinkedQueue<>();
        for (int number : numbers) {
            switches.turn(attempt(number)).thenCompose(sentMarks::mark).thenRun(() -> marked.add(number));
        }

        await().atMost(PATIENCE).until(() -> marked.size() == numbers.size());
        assertThat(marked).containsExactlyElementsOf(numbers);
    }

    @Test
    void whatWaitsForItsTurnAtTheStopIsNotDialledNow() throws Exception {
        Switches slow = new Switches(
                Map.of("fs1", 0.01),
                new Attempts(),
                new Gateways(clock, new GatewayTable(null), CallLimits.none(), ChannelLimits.none()),
                CallLimits.none(),
                ChannelLimits.none(),
                clock);
        slow.start(camelContext);
        slow.turn(attempt(1));
        CompletionStage<Attempt> second = slow.turn(attempt(2));
        slow.stop();

        assertThat(second.toCompletableFuture())
                .failsWithin(60, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(NotNowException.class);
    }

    /** Where the step is done when this is told, it blocks this thread, which is nobody else's. */
    private void blockBehind(Supplier<CompletionStage<Attempt>> step) {
        new Thread(() -> step.get().thenRun(this::block), "Blocked").start();
    }

    private void block() {
        try {
            blocked.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Attempt attempt(int number) {
        Attempt attempt = Attempt.claimed(
                CampaignBuilder.campaign().id(1).build(),
                new ClaimedNumber(
                        1, number, "1", null, null, 1, Integer.toString(number), CLAIMED, CLAIMED, null, null, FRESH),
                table,
                "owner",
                CLAIMED);
        attempt.placed(new Place("fs1", null, null));
        return attempt;
    }

    /** A table in which only sent marks are committed. */
    private Object answer(Object proxy, Method method, Object[] arguments) throws ReflectiveOperationException {
        if (!method.getName().equals("markSent")) {
            return method.invoke(committed, arguments);
        }
        Set<String> calls = ((List<?>) arguments[1])
                .stream().map(mark -> ((SentMark) mark).callUuid()).collect(Collectors.toSet());
        committed.addAll(calls);
        return calls;
    }
}
