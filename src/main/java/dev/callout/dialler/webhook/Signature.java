package dev.callout.dialler.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows a receiver that a body comes from this installation, and when it was sent: HMAC-SHA256 over the instant in seconds, a
 * full stop and the body.
 */
final class Signature {

    /** The header with the signature. */
    static final String HEADER = "Callout-Signature";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    Signature(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Returns the value of the header: {@code t=1795334431,v1=} and 64 hexadecimal digits. */
    String of(Instant sent, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] sum = mac.doFinal((sent.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + sent.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC-SHA256", e);
        }
    }
}
