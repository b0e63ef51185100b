package dev.callout.campaign.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only a call that the network failed before any telephone rang is tried by a second gateway. */
class NextLegTest {

    private static final Instant CREATED = Instant.EPOCH.plusSeconds(100);
    /** The classes of causes that show that the callee was reached, or that another gateway would not help. */
    private static final Set<CauseClass> NOT_OF_THE_NETWORK = EnumSet.of(
            CauseClass.BUSY, CauseClass.NO_ANSWER, CauseClass.REFUSED, CauseClass.INVALID, CauseClass.CONFIG);

    private static CallResult failed(CallResult.Cause cause, Duration after) {
        return new CallResult(
                cause,
                new CallResult.Times(CREATED, null, null, CREATED.plus(after), null, null),
                CallResult.Heard.NOTHING);
    }

    private static boolean mayFollow(String cause, Integer q850, Integer sip, String peer, int seconds) {
        return NextLeg.mayFollow(
                failed(new CallResult.Cause(cause, q850, sip, null, peer), Duration.ofSeconds(seconds)));
    }

    @Provide
    @SuppressWarnings("unchecked")
    static Arbitrary<String> causes() throws ReflectiveOperationException {
        Field names = HangupCauses.class.getDeclaredField("NAMES");
        names.setAccessible(true);
        return Arbitraries.of((Set<String>) names.get(null));
    }

    @Property(tries = 20_000)
    void whateverSaysThatTheCalleeWasReachedKeepsAllOtherGatewaysFromCalling(
            @ForAll("causes") String cause,
            @ForAll @IntRange(min = 1, max = 127) int q850,
            @ForAll @IntRange(min = 300, max = 699) int sip) {
        boolean reached = NOT_OF_THE_NETWORK.contains(CauseClass.of(cause, null, null, false))
                || NOT_OF_THE_NETWORK.contains(CauseClass.of(null, q850, null, false))
                || NOT_OF_THE_NETWORK.contains(CauseClass.of(null, null, sip, false))
                || sip == 403;
        if (reached) {
            assertThat(mayFollow(cause, q850, sip, "192.0.2.1", 1)).isFalse();
        }
    }

    @Property
    void noCallIsTriedAgainAtOnceThatHasRungWasAnsweredOrWasNotSeenToItsEnd(
            @ForAll("causes") String cause, @ForAll @IntRange(min = 300, max = 699) int sip) {
        CallResult.Cause end = new CallResult.Cause(cause, 41, sip, null, null);
        Instant later = CREATED.plusSeconds(1);
        assertThat(NextLeg.mayFollow(new CallResult(
                        end, new CallResult.Times(CREATED, later, null, later, null, null), CallResult.Heard.NOTHING)))
                .as("rang, or played an announcement")
                .isFalse();
        assertThat(NextLeg.mayFollow(new CallResult(
                        end, new CallResult.Times(CREATED, null, later, later, null, null), CallResult.Heard.NOTHING)))
                .as("answered")
                .isFalse();
        assertThat(mayFollow(cause, null, null, null, 1)).as("end not seen").isFalse();
    }

    @Test
    void noSipStatusOfACalleeIsAmongThoseThatMayFollow() {
        assertThat(IntStream.rangeClosed(300, 699)
                        .filter(sip -> mayFollow("NORMAL_TEMPORARY_FAILURE", 41, sip, "192.0.2.1", 1)))
                .containsExactly(300, 301, 302, 305, 380, 400, 401, 402, 405, 407, 481, 482, 483, 500, 502, 503);
    }

    /** As FreeSWITCH 1.10.12 reports them (measured). */
    @ParameterizedTest
    @CsvSource({
        "NORMAL_TEMPORARY_FAILURE, 41, 503, 127.0.0.1, 0, true",
        "NORMAL_TEMPORARY_FAILURE, 41, 503, , 0, true",
        "NORMAL_TEMPORARY_FAILURE, 41, 500, 127.0.0.1, 0, true",
        "NORMAL_CIRCUIT_CONGESTION, 34, 503, 127.0.0.1, 0, true",
        "REQUESTED_CHAN_UNAVAIL, 44, , 127.0.0.1, 0, true",
        "RECOVERY_ON_TIMER_EXPIRE, 102, 408, , 32, true",
        "RECOVERY_ON_TIMER_EXPIRE, 102, 408, 127.0.0.1, 32, false",
        "RECOVERY_ON_TIMER_EXPIRE, 102, 408, 127.0.0.1, 0, false",
        "RECOVERY_ON_TIMER_EXPIRE, 102, 504, 127.0.0.1, 0, false",
        "RECOVERY_ON_TIMER_EXPIRE, 102, 408, , 185, false",
        "NO_ANSWER, 19, , , 60, false",
        "USER_BUSY, 17, 486, 127.0.0.1, 0, false",
        "USER_BUSY, 17, 503, 127.0.0.1, 0, false",
        "NORMAL_CIRCUIT_CONGESTION, 34, 486, 127.0.0.1, 0, false",
        "NO_USER_RESPONSE, 18, 480, 127.0.0.1, 0, false",
        "UNALLOCATED_NUMBER, 1, 404, 127.0.0.1, 0, false",
        "CALL_REJECTED, 21, 403, 127.0.0.1, 0, false",
        "CALL_REJECTED, 21, 603, 127.0.0.1, 0, false",
        "MANAGER_REQUEST, 16, , , 0, false",
        "LOST_RESULT, , , , 0, false"
    })
    void whatARealSwitchReportsIsJudged(
            String cause, Integer q850, Integer sip, String peer, int seconds, boolean may) {
        assertThat(mayFollow(cause, q850, sip, peer, seconds)).isEqualTo(may);
    }

    @Test
    void eachLegHasAUuidOfItsOwnThatShowsIt() {
        String first = "0196f1a2-3b4c-7d5e-8f60-00000000002a";
        String second = LegUuid.next(first).orElseThrow();
        String third = LegUuid.next(second).orElseThrow();
        assertThat(second).isEqualTo("0196f1a2-3b4c-7d5e-8f60-10000000002a");
        assertThat(third).isEqualTo("0196f1a2-3b4c-7d5e-8f60-20000000002a");
        assertThat(new int[] {LegUuid.legOf(first), LegUuid.legOf(second), LegUuid.legOf(third), LegUuid.legOf("x")})
                .containsExactly(1, 2, 3, 1);
        assertThat(LegUuid.next("0196f1a2-3b4c-7d5e-8f60-f0000000002a")).isEmpty();
    }
}
