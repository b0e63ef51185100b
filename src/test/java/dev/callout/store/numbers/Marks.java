package dev.callout.store.numbers;

import static dev.callout.store.numbers.ClaimOrders.NOW;

import dev.callout.store.claim.ClaimedNumber;
import java.time.Instant;
import java.util.List;

/** Sent marks of claimed numbers: switch fs1 is asked, and the call leaves by gateway external/two. */
public final class Marks {

    private Marks() {}

    /** The marks of calls that begin a second after {@link ClaimOrders#NOW} and have ended a minute after it. */
    static List<SentMark> marks(List<ClaimedNumber> numbers) {
        return numbers.stream()
                .map(number -> mark(number, NOW.plusSeconds(1), NOW.plusSeconds(60)))
                .toList();
    }

    /** The mark of a call that has ended a minute later. */
    public static SentMark mark(ClaimedNumber number, Instant at) {
        return mark(number, at, at.plusSeconds(60));
    }

    /** The mark of a call that begins then, and has certainly ended at the second instant. */
    static SentMark mark(ClaimedNumber number, Instant at, Instant expires) {
        return new SentMark(
                number.campaign(),
                number.row(),
                number.callUuid(),
                number.cld().replaceAll("[ ()]", ""),
                number.e164(),
                number.earlier().callCount(),
                number.attempt(),
                at,
                "fs1",
                "core",
                "external/two",
                expires,
                null);
    }
}
