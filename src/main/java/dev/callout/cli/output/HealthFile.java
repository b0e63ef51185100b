package dev.callout.cli.output;

import dev.callout.campaign.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the dialler's health to a container's health check where there is no HTTP. Each run writes a file whose first
 * line is UP or DOWN, with the reasons below. If the file has not been written for long, the program hangs.
 */
public final class HealthFile implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthFile.class);

    private final Path file;
    private final Path next;
    private final Supplier<Collection<HealthCheck.Result>> checks;

    /**
     * @param file   the file to write; its folder exists
     * @param checks runs every health check
     */
    public HealthFile(Path file, Supplier<Collection<HealthCheck.Result>> checks) {
        this.file = file;
        this.next = file.resolveSibling(file.getFileName() + ".next");
        this.checks = checks;
    }

    @Override
    public void run() {
        try {
            String reasons = checks.get().stream()
                    .filter(result -> result.getState() != HealthCheck.State.UP)
                    .map(result -> Printable.line(result.getCheck().getId() + ": "
                            + result.getMessage().orElse("no reason given")))
                    .sorted()
                    .collect(Collectors.joining("\n"));
            // Moved into place, so that a reader never sees half of it.
            Files.writeString(next, (reasons.isEmpty() ? "UP" : "DOWN\n" + reasons) + "\n");
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warn("The health file cannot be written: {}", e.toString());
        } catch (RuntimeException e) {
            // If it left this method, the timer would end, and the file would keep its present text for ever.
            LOG.error("The health file is not written because a health check itself failed", e);
        }
    }
}
