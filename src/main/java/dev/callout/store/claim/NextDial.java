package dev.callout.store.claim;

import java.time.Instant;
import java.util.Objects;

/**
 * The first instant that a campaign's claims have left free, as a node remembers it. {@code campaigns.next_dial} was
 * written by the database's clock of that time, and the clock may have stepped since.
 *
 * @param stored {@code next_dial} as it stands in the campaign's row
 * @param meant  the instant that it stood for when it was written or first read here, by the clock that the code using
 *               it goes by
 */
public record NextDial(Instant stored, Instant meant) {
    public NextDial {
        Objects.requireNonNull(stored, "stored");
        Objects.requireNonNull(meant, "meant");
    }
}
