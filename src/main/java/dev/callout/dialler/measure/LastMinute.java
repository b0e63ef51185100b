package dev.callout.dialler.measure;

/** How many calls were made in the last sixty seconds. Thread-safe. */
final class LastMinute {

    private static final int SECONDS = 60;

    private final int[] inSecond = new int[SECONDS];
    private final long[] second = new long[SECONDS];

    /** @param now the second of the monotonic clock */
    synchronized void add(long now) {
        int slot = (int) Math.floorMod(now, (long) SECONDS);
        inSecond[slot] = second[slot] == now ? inSecond[slot] + 1 : 1;
        second[slot] = now;
    }

    /** @param now the second of the monotonic clock */
    synchronized int calls(long now) {
        int calls = 0;
        for (int slot = 0; slot < SECONDS; slot++) {
            calls += now - second[slot] < SECONDS ? inSecond[slot] : 0;
        }
        return calls;
    }
}
