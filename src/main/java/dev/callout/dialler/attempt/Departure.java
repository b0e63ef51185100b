package dev.callout.dialler.attempt;

import java.time.Instant;

/**
 * When a call leaves. Its campaign's pace has reserved an instant for it; then its switch gives it a turn, or its gateway
 * an instant. All instants are by the steady clock, which never steps. Thread-safe.
 */
public final class Departure {

    private final Instant reserved;
    private volatile boolean paced;
    private volatile ReturnedInstants returned;
    private volatile Instant preparedFrom;
    private volatile Instant turn;

    /**
     * @param reserved null for an adopted call
     * @param paced    see {@link #isPaced}
     */
    Departure(Instant reserved, boolean paced) {
        this.reserved = reserved;
        this.paced = paced;
    }

    /** The instant that the campaign's pace reserved for the call; null for an adopted call. */
    public Instant reserved() {
        return reserved;
    }

    /** Whether the campaign keeps a gap between calls, so that the call has an instant of its own. A further leg has none. */
    public boolean isPaced() {
        return paced;
    }

    /** The call is none of the campaign's own, so it leaves at any time, as if the campaign kept no gap. */
    public void takesNoInstant() {
        paced = false;
    }

    /** The claim sets where the reserved instant goes if the number does not become a call. */
    public void returnsTo(ReturnedInstants instants) {
        returned = instants;
    }

    /** The number does not become a call, so another one may have its instant. */
    void returnInstant() {
        if (returned != null) {
            returned.add(reserved);
        }
    }

    /** The call is prepared from this instant on; null if that is not known, or is over. */
    public void preparedFrom(Instant from) {
        preparedFrom = from;
    }

    /** From when on the call is prepared, as set last. */
    public Instant preparedFrom() {
        return preparedFrom;
    }

    /** The switch has given the call a turn, or the gateway an instant. */
    public void turn(Instant at) {
        turn = at;
    }

    /** Whether the call has a turn, or an instant at its gateway. */
    public boolean hasTurn() {
        return turn != null;
    }

    /** When to dial: at the reserved instant, or at the turn if that is later. */
    public Instant at() {
        Instant given = turn;
        return given == null || given.isBefore(reserved) ? reserved : given;
    }
}
