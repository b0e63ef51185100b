package dev.callout.cli.output;

import dev.callout.dialler.routes.RouteFileException;
import dev.callout.settings.file.SettingsException;
import dev.callout.store.DatabaseWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Shows an operator, in one sentence, a failure that can be fixed from outside. All other failures are logged with
 * their stack traces. {@code picocli} itself reports wrong arguments.
 */
public final class FailureReport implements IExecutionExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult line) {
        Printout err = Printout.error(command);
        if (failure instanceof SettingsException) {
            err.println("Not started, the settings are wrong:\n" + failure.getMessage());
            return ExitCode.USAGE;
        }
        Throwable mistake = failure instanceof BindException ? failure : ofARouteFile(failure);
        if (mistake != null) {
            err.println("Not started: " + mistake.getMessage());
            return ExitCode.USAGE;
        }
        if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            Throwable device = failure instanceof IOException ? failure : failure.getCause();
            err.println(command.getCommandName() + " failed: " + reason(device));
        } else if (failure instanceof SQLException) {
            err.println(command.getCommandName() + " failed: " + DatabaseWords.of(failure));
        } else {
            LOG.error("{} failed", command.getCommandName(), failure);
        }
        return ExitCode.SOFTWARE;
    }

    /** Of some failures, the JDK's message is a file's name and nothing else. */
    private static String reason(Throwable failure) {
        FileSystemException of = causes(failure)
                .filter(FileSystemException.class::isInstance)
                .map(FileSystemException.class::cast)
                .findFirst()
                .orElse(null);
        if (of == null) {
            return failure.getMessage();
        }
        String why = of instanceof NoSuchFileException
                ? "there is no such file or folder"
                : of instanceof AccessDeniedException
                        ? "permission denied"
                        : of instanceof FileAlreadyExistsException
                                ? "something is there already"
                                : Objects.requireNonNullElse(
                                        of.getReason(), of.getClass().getSimpleName());
        return of.getFile() + ": " + why;
    }

    /**
     * Returns what is wrong with a route file; it may be the cause of a less clear exception. It names file and line,
     * or the route. Null if no route file is wrong.
     */
    private static Throwable ofARouteFile(Throwable failure) {
        return causes(failure)
                .filter(one -> one instanceof YamlEngineException || one instanceof FailedToCreateRouteException)
                .findFirst()
                .or(() -> causes(failure)
                        .filter(RouteFileException.class::isInstance)
                        .findFirst())
                .orElse(null);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
