package dev.callout.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

import dev.callout.check.Finding;
import dev.callout.dialler.RouteFiles;

/**
 * Looks at the user's route files before a start does. A container that Callout runs in has told of them when it loaded them.
 */
final class RouteInspection {

    private static final String SUBJECT = "routes";

    private RouteInspection() {
    }

    /**
     * What is found of a folder.
     *
     * @param properties for Camel
     */
    static List<Finding> findings(Path folder, Properties properties) {
        try {
            List<String> warnings = RouteFiles.warnings(folder, properties);
            return warnings.isEmpty()
                    ? List.of(new Finding(Finding.Result.OK, SUBJECT, "all files of " + folder + " can be loaded", ""))
                    : warnings.stream().map(warning -> new Finding(Finding.Result.WARN, SUBJECT, warning,
                            "see docs/routes.md")).toList();
        } catch (Exception e) {
            return List.of(new Finding(Finding.Result.FAIL, SUBJECT, text(e), "mend the file; docs/routes.md has examples"));
        }
    }

    /** Camel's own fault often names the file only, and its cause the rest. */
    private static String text(Exception fault) {
        return Stream.iterate((Throwable) fault, Objects::nonNull, Throwable::getCause).map(Throwable::getMessage)
                .filter(Objects::nonNull).reduce((whole, more) -> whole.contains(more) ? whole : whole + ": " + more)
                .orElse(fault.toString());
    }
}
