package dev.callout.campaign.telephone;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key by which the numbers of erased persons are hashed. There are so few telephone numbers that anybody could find
 * out an unkeyed hash by trying them all. Thread-safe.
 *
 * @param secret {@code callout.erase-key}; never shown
 */
public record EraseKey(String secret) {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SELF = "callout.erase-key";
    private static final int SUM_DIGITS = 8;

    /**
     * Returns the hash of a number: HMAC-SHA256 in 64 hexadecimal digits.
     *
     * @param number a telephone such as +493023125456, or the form in which a number is listed
     */
    public String hash(String number) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(number.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    /** Returns 8 hexadecimal digits by which hashes of this key can be told from those of another. */
    public String sum() {
        return hash(SELF).substring(0, SUM_DIGITS);
    }

    @Override
    public String toString() {
        return "EraseKey[***]";
    }
}
