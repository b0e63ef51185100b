package dev.callout.chaos.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock of a separate process, which can be set while the process runs. Its monotonic clock goes on. Uses
 * libfaketime.
 */
public final class FakeTime implements AutoCloseable {

    private final Path library;
    private final Path file;
    private Duration offset = Duration.ZERO;

    private FakeTime(Path library) throws IOException {
        this.library = library;
        this.file = Files.createTempFile("callout-clock", "");
        step(Duration.ZERO);
    }

    /** Returns empty if libfaketime is not installed; it is Debian's package of that name. */
    public static Optional<FakeTime> create() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            Optional<Path> library = folders.map(folder -> folder.resolve("faketime/libfaketimeMT.so.1"))
                    .filter(Files::exists)
                    .findFirst();
            return library.isPresent() ? Optional.of(new FakeTime(library.get())) : Optional.empty();
        }
    }

    /** Returns the environment that a process must be started with. */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "NO_FAKE_STAT",
                "1");
    }

    /** Sets the clock forward, or back by a negative time. */
    public void step(Duration by) throws IOException {
        offset = offset.plus(by);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, String.format("%+ds%n", offset.toSeconds()), StandardCharsets.US_ASCII);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
