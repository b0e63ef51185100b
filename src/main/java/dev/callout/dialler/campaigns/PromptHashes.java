package dev.callout.dialler.campaigns;

import dev.callout.store.CallBase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hashes of the files that are played to callees, as far as this machine can read them: the switch may have others. A
 * file is read again when its size or the time of its last change differs. Thread-safe.
 */
public final class PromptHashes {

    private static final Logger LOG = LoggerFactory.getLogger(PromptHashes.class);

    private static final long LARGEST = 256L << 20;

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** What is known of a file. */
    private record Known(FileTime changed, long size, String hash) {}

    /** Returns a base with the hash of its prompt; the base itself if that is not known. */
    public CallBase in(CallBase base) {
        Known prompt = base.prompt() == null ? null : known.get(base.prompt());
        return prompt == null ? base : base.withPromptHash(prompt.hash());
    }

    /**
     * Reads the files that are new or have changed, and forgets all others. This takes as long as the disk does.
     *
     * @param here returns where this machine has what a switch plays from a path
     */
    public void read(Set<String> files, UnaryOperator<String> here) {
        known.keySet().retainAll(files);
        for (String file : files) {
            known.compute(file, (name, before) -> read(here.apply(name), before));
        }
    }

    /** Returns null if there is no such file here. */
    private static Known read(String name, Known before) {
        try {
            Path file = Path.of(name);
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            if (!file.isAbsolute() || !now.isRegularFile() || now.size() > LARGEST) {
                return null;
            }
            return before != null && before.changed.equals(now.lastModifiedTime()) && before.size == now.size()
                    ? before
                    : new Known(now.lastModifiedTime(), now.size(), hash(file));
        } catch (IOException | InvalidPathException e) {
            LOG.trace("Prompt {} cannot be read on this machine", name, e);
            return null;
        }
    }

    private static String hash(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file);
                DigestInputStream hashed = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            hashed.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
