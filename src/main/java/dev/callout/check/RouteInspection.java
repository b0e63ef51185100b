package dev.callout.check;

import dev.callout.dialler.routes.RouteFileException;
import dev.callout.dialler.routes.RouteFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.camel.CamelContext;

/** Checks the user's route files before a start loads them. */
public final class RouteInspection {

    private static final String SUBJECT = "routes";

    private RouteInspection() {}

    /**
     * Returns the findings about a folder.
     *
     * @param scratch    a context that is used for nothing else; it is closed
     * @param properties properties for Camel
     */
    public static List<Finding> findings(CamelContext scratch, Path folder, Properties properties) {
        try {
            List<String> warnings = RouteFiles.warnings(scratch, folder, properties);
            return warnings.isEmpty()
                    ? List.of(Finding.ok(SUBJECT, "all files of " + folder + " can be loaded"))
                    : warnings.stream()
                            .map(warning -> Finding.warn(SUBJECT, warning, "see docs/routes.md"))
                            .toList();
        } catch (Exception e) {
            return List.of(
                    Finding.fail(SUBJECT, RouteFileException.text(e), "correct the file; docs/routes.md has examples"));
        }
    }
}
