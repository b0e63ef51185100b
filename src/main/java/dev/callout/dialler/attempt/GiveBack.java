package dev.callout.dialler.attempt;

import java.time.Instant;

/**
 * A number to give back.
 *
 * @param nextCall when it is due again, by the database's clock; null: as it was before its claim
 * @param since    when it was decided that the number goes back, by {@link System#nanoTime()}
 */
public record GiveBack(Attempt attempt, Instant nextCall, long since) {}
