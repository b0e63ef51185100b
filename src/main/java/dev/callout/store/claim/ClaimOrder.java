package dev.callout.store.claim;

import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.EraseKey;
import dev.callout.store.rules.BindingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The parameters and limits of a claim.
 *
 * @param campaign  {@code i_campaign}
 * @param owner     incarnation of the claiming node
 * @param now       the database's time
 * @param share     maximum number of numbers: the campaign's part of the switches' capacity; 0 or less: none
 * @param horizon   how far ahead instants may be reserved
 * @param shuffled  fresh numbers in the order of the stored shuffle key; false: by priority, then insertion
 * @param allowance from a call's instant to its latest possible end: originate time-out, longest talk and a margin
 * @param cursor    where to continue; {@link ClaimCursor#START} once in each scan interval
 * @param nextDial  what this node remembers of the campaign's next free instant, its meaning by the same clock as
 *                  {@code now}
 * @param returned  instants that were reserved for the campaign's numbers but not used, the earliest first, by the same
 *                  clock
 * @param country   the country whose rules the campaign's numbers follow; empty: its numbers are no telephones
 * @param eraseKey  by which erased persons, who are not called, are known; empty: nobody was erased
 * @param emergency whether the campaign is known as an emergency campaign, which no do-not-call list binds
 * @param binding   the calling rules that bind the campaign; empty: none do. They need a country
 */
public record ClaimOrder(
        long campaign,
        String owner,
        Instant now,
        int share,
        Duration horizon,
        boolean shuffled,
        Duration allowance,
        ClaimCursor cursor,
        Optional<NextDial> nextDial,
        List<Instant> returned,
        Optional<Country> country,
        Optional<EraseKey> eraseKey,
        boolean emergency,
        Optional<BindingRules> binding) {
    public ClaimOrder {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(horizon, "horizon");
        Objects.requireNonNull(allowance, "allowance");
        Objects.requireNonNull(cursor, "cursor");
        Objects.requireNonNull(nextDial, "nextDial");
        Objects.requireNonNull(country, "country");
        Objects.requireNonNull(eraseKey, "eraseKey");
        Objects.requireNonNull(binding, "binding");
        returned = List.copyOf(returned);
    }

    /** An order of a campaign without a country, and without a remembered next free instant. */
    public ClaimOrder(
            long campaign,
            String owner,
            Instant now,
            int share,
            Duration horizon,
            boolean shuffled,
            Duration allowance,
            ClaimCursor cursor) {
        this(
                campaign,
                owner,
                now,
                share,
                horizon,
                shuffled,
                allowance,
                cursor,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
    }

    /** The instant that {@code next_dial} stands for: the remembered one, unless another claim has written it since. */
    Instant meaningOf(Instant stored) {
        return nextDial.filter(known -> known.stored().equals(stored))
                .map(NextDial::meant)
                .orElse(stored);
    }
}
