package dev.callout.dialler.dial;

import java.util.function.LongSupplier;

/**
 * Until when a call may be sent, in milliseconds since 1970 by this machine's clock. It is found when somebody asks for it,
 * because a step of a user's route between the last look and the originate may take longer than what is known now holds.
 */
final class Deadline extends Number {

    private static final long serialVersionUID = 1L;

    private final transient LongSupplier millis;

    /** @param millis finds it */
    Deadline(LongSupplier millis) {
        this.millis = millis;
    }

    @Override
    public long longValue() {
        return millis.getAsLong();
    }

    @Override
    public int intValue() {
        return (int) longValue();
    }

    @Override
    public float floatValue() {
        return longValue();
    }

    @Override
    public double doubleValue() {
        return longValue();
    }

    @Override
    public String toString() {
        return Long.toString(longValue());
    }
}
