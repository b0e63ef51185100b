package dev.callout.campaign.telephone;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which of several independent installations calls a telephone. It depends on the telephone and on their number alone, and
 * on no version of Callout: a list that is divided today goes where that of last year went. SQL can tell it, too:
 * {@code CONV(LEFT(SHA2('+493023125456', 256), 8), 16, 10) % 3 + 1}.
 */
public final class Home {

    /** The first 32 bits of the hash. */
    private static final int BYTES = 4;

    private Home() {}

    /**
     * Returns the home of a telephone.
     *
     * @param homes how many there are, at least 1
     * @return 1 to {@code homes}; of many telephones, each home gets about as many
     */
    public static int of(Telephone telephone, int homes) {
        byte[] hash = sha256().digest(telephone.e164().getBytes(StandardCharsets.US_ASCII));
        long bits = 0;
        for (int i = 0; i < BYTES; i++) {
            bits = (bits << Byte.SIZE) | Byte.toUnsignedLong(hash[i]);
        }
        return (int) (bits % homes) + 1;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
