package dev.callout.api.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file as it was sent, and the hash that identifies it later. */
public final class HashedFile extends DigestInputStream {

    private String hash;

    /** @param sent the bytes */
    public HashedFile(InputStream sent) {
        super(sent, sha256());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Reads what nobody has read, and returns the SHA-256 of all bytes in hexadecimal digits. */
    public String hash() throws IOException {
        if (hash == null) {
            transferTo(OutputStream.nullOutputStream());
            hash = HexFormat.of().formatHex(getMessageDigest().digest());
        }
        return hash;
    }

    /** Its {@link #hash()} is known afterwards. */
    @Override
    public void close() throws IOException {
        try {
            hash();
        } finally {
            super.close();
        }
    }
}
