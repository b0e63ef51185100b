package dev.callout.store.prompts;

import dev.callout.campaign.prompt.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The folder of a node in which its switches find uploaded prompts. A file appears there whole or not at all, is called by the
 * hash of its content, and never changes.
 */
public final class PromptFolder {

    /** Counts the files that this process has begun. One that a crash leaves behind begins with a dot, and nobody reads it. */
    private static final AtomicLong BEGUN = new AtomicLong();

    private final Path folder;
    private final String node;

    /** @param node name of the node; several may share the folder */
    public PromptFolder(Path folder, String node) {
        this.folder = folder;
        this.node = node;
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException, SQLException;
    }

    /** Returns why nothing can be written to the folder; empty if nothing is known against it. */
    public Optional<String> problem() {
        if (!Files.isDirectory(folder)) {
            return Optional.of("callout.prompt-folder is " + folder + ", which is no folder of this machine");
        }
        return Files.isWritable(folder)
                ? Optional.empty()
                : Optional.of("callout.prompt-folder is " + folder + ", into which this node may not write");
    }

    /** Returns whether the file with this content is there, by its length alone. */
    public boolean has(String sha256, long bytes) throws IOException {
        Path file = file(sha256);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) == bytes;
    }

    /** Returns whether the content of the file that is there is the one of its name. Reads it whole. */
    public boolean isRight(String sha256) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file(sha256)), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest()).equals(sha256);
    }

    /**
     * Writes a file, whatever is there under its name. It is on the disk when this returns.
     *
     * @throws IOException if it cannot be written, or if the content is another one than its name says; nothing has changed
     *                     then
     */
    public void write(String sha256, Content content) throws IOException, SQLException {
        // Of a name of its own, as the same file may be uploaded twice at once, and copied meanwhile.
        Path begun =
                folder.resolve("." + UploadedFile.name(sha256) + "." + node + "." + BEGUN.incrementAndGet() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(
                    begun,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS)) {
                MessageDigest digest = sha256();
                DigestOutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest);
                content.writeTo(out);
                if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) {
                    throw new IOException("the content is not the one whose SHA-256 is " + sha256);
                }
                readableByAll(begun);
                channel.force(true);
            }
            Files.move(begun, file(sha256), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceFolder();
        } finally {
            Files.deleteIfExists(begun);
        }
    }

    /** FreeSWITCH usually runs as another user. */
    private static void readableByAll(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    /** Otherwise a power failure could take the new name away. */
    private void forceFolder() throws IOException {
        try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    private Path file(String sha256) {
        return folder.resolve(UploadedFile.name(sha256));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
