package dev.callout.esl.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches bytes eight at a time. Finding the ends of strings is most of the work of reading an event. This
 * class halves the time of a byte-by-byte loop, which the compiler of Java 17 does not vectorise.
 */
final class ByteSearch {

    /** The number of bytes that {@link #all(char, byte[], int)} searches. */
    static final int BLOCK = Long.SIZE;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long TOPS = 0x8080_8080_8080_8080L;

    private ByteSearch() {}

    /** The index of the first {@code wanted} in {@code text[from, to)}, or {@code to}. */
    static int indexOf(byte[] text, int from, int to, char wanted) {
        long pattern = ONES * wanted;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long found = zeros((long) LONGS.get(text, at) ^ pattern);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && text[at] != wanted) {
            at++;
        }
        return at;
    }

    /**
     * Which of the {@link #BLOCK} bytes from {@code at} are {@code wanted}: one bit for each, the first byte's bit
     * lowest.
     */
    static long all(char wanted, byte[] text, int at) {
        long found = 0;
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            found |= all(wanted, (long) LONGS.get(text, at + i)) << i;
        }
        return found;
    }

    /** The same for eight bytes. The multiplication collects their bits at the top of the product. */
    private static long all(char wanted, long word) {
        long others = word ^ ONES * wanted;
        long tops = ~((others & ~TOPS) + ~TOPS | others) & TOPS;
        return (tops >>> Byte.SIZE - 1) * 0x0102_0408_1020_4080L >>> Long.SIZE - Long.BYTES;
    }

    /** The index of the first quote or backslash in {@code text[from, to)}, or {@code to}. */
    static int quoteOrBackslash(byte[] text, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long word = (long) LONGS.get(text, at);
            long found = zeros(word ^ ONES * '"') | zeros(word ^ ONES * '\\');
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && text[at] != '"' && text[at] != '\\') {
            at++;
        }
        return at;
    }

    /**
     * Sets the top bit of the lowest byte that is zero. Bytes above it may be marked wrongly; bytes below it are never
     * marked.
     */
    private static long zeros(long word) {
        return (word - ONES) & ~word & TOPS;
    }
}
