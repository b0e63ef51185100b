package dev.callout.store.numbers;

import dev.callout.campaign.rules.CallingRules;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.store.claim.ClaimCursor;
import dev.callout.store.claim.ClaimOrder;
import dev.callout.store.rules.BindingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Orders as tests give them. */
public final class ClaimOrders {
    /** A moment with milliseconds, so that what the columns can hold is compared exactly. */
    public static final Instant NOW = Instant.parse("2026-11-22T10:00:00.125Z");

    private ClaimOrders() {}

    public static ClaimOrder order(int share) {
        return order(share, ClaimCursor.START);
    }

    public static ClaimOrder order(int share, ClaimCursor cursor) {
        return new ClaimOrder(1, "me", NOW, share, Duration.ofSeconds(2), false, Duration.ofSeconds(100), cursor);
    }

    public static ClaimOrder shuffled(int share) {
        return new ClaimOrder(
                1, "me", NOW, share, Duration.ofSeconds(2), true, Duration.ofSeconds(100), ClaimCursor.START);
    }

    /** An order of a campaign in Germany, whose calls last 100 s at most. */
    static ClaimOrder inGermany(long campaign, String owner, Instant now, int share) {
        return withoutErased(campaign, owner, now, share, Optional.of(Country.of("DE")), Optional.empty());
    }

    /** The same by calling rules. */
    static ClaimOrder ruled(long campaign, String owner, Instant now, int share, CallingRules rules) {
        return ruled(campaign, owner, now, share, new BindingRules(rules, Country.of("DE"), null), ClaimCursor.START);
    }

    /** The same by what binds the campaign, from where an earlier claim stopped. */
    static ClaimOrder ruled(
            long campaign, String owner, Instant now, int share, BindingRules binding, ClaimCursor cursor) {
        return order(
                campaign,
                owner,
                now,
                share,
                Optional.of(Country.of("DE")),
                Optional.empty(),
                Optional.of(binding),
                cursor);
    }

    /** The same without those whom the key erased, in a country or in none. */
    static ClaimOrder withoutErased(
            long campaign,
            String owner,
            Instant now,
            int share,
            Optional<Country> country,
            Optional<EraseKey> eraseKey) {
        return order(campaign, owner, now, share, country, eraseKey, Optional.empty(), ClaimCursor.START);
    }

    private static ClaimOrder order(
            long campaign,
            String owner,
            Instant now,
            int share,
            Optional<Country> country,
            Optional<EraseKey> eraseKey,
            Optional<BindingRules> binding,
            ClaimCursor cursor) {
        return new ClaimOrder(
                campaign,
                owner,
                now,
                share,
                Duration.ofSeconds(2),
                false,
                Duration.ofSeconds(100),
                cursor,
                Optional.empty(),
                List.of(),
                country,
                eraseKey,
                false,
                binding);
    }

    static ClaimOrder by(String owner, Instant now, int share) {
        return new ClaimOrder(
                1, owner, now, share, Duration.ofSeconds(2), false, Duration.ofSeconds(100), ClaimCursor.START);
    }
}
