package dev.callout.api.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.apache.camel.util.IOHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of a large request in a temporary file. Threads that a slow disk may block create, write and delete it. For
 * use by one thread at a time.
 */
final class BodyFile {

    private static final Logger LOG = LoggerFactory.getLogger(BodyFile.class);

    private final Executor disk;
    private CompletableFuture<FileChannel> written;
    private long length;

    /**
     * Begins to create the file.
     *
     * @param folder folder of the file
     * @param disk   the threads
     */
    BodyFile(Path folder, Executor disk) {
        this.disk = disk;
        this.written = CompletableFuture.supplyAsync(() -> open(folder), disk);
    }

    /**
     * Writes bytes after those of earlier calls.
     *
     * @return done when all is written. If the file cannot be created or written, it fails with a
     *         {@link CompletionException} whose cause is an IOException, and the file is deleted
     */
    CompletableFuture<?> append(byte[] bytes) {
        long at = length;
        length += bytes.length;
        written = written.thenApplyAsync(file -> write(file, bytes, at), disk);
        return written;
    }

    /**
     * Returns everything that has been written, from the beginning, once {@link #append} is done. Closing the stream
     * deletes the file.
     */
    InputStream content() {
        return Channels.newInputStream(written.join());
    }

    /** Deletes the file once the present operation on it is done. */
    void discard() {
        written.thenAcceptAsync(BodyFile::close, disk);
    }

    private static FileChannel open(Path folder) {
        try {
            return FileChannel.open(
                    Files.createTempFile(folder, "callout-request", null),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Leaves the channel's own position at the beginning, for the reader. */
    private static FileChannel write(FileChannel file, byte[] bytes, long at) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        try {
            while (left.hasRemaining()) {
                file.write(left, at + left.position());
            }
            return file;
        } catch (IOException e) {
            close(file);
            throw new CompletionException(e);
        }
    }

    private static void close(Closeable file) {
        IOHelper.close(file, "temporary file of a request", LOG);
    }
}
