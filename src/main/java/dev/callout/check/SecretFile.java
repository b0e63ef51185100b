package dev.callout.check;

import dev.callout.settings.SwitchSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A properties file some of whose values others should not read. */
public final class SecretFile {

    private static final Predicate<String> SECRET =
            Pattern.compile("(?i).*(password|passwd|secret|token)").asMatchPredicate();
    /** How values begin that are not the secret itself but say where Karaf or Camel finds it. */
    private static final Predicate<String> ELSEWHERE =
            Pattern.compile("\\s*(\\$\\{|\\{\\{).*").asMatchPredicate();

    private SecretFile() {}

    /**
     * Returns a finding for each file whose passwords every user of this machine can read. A file that does not exist
     * or cannot be read is ignored, and so is a file on a file system without permissions.
     */
    public static List<Finding> findings(Path... files) {
        return Stream.of(files).flatMap(SecretFile::finding).toList();
    }

    private static Stream<Finding> finding(Path file) {
        try {
            List<String> secrets = isOpenToAll(file.toRealPath()) ? secrets(file) : List.of();
            return secrets.isEmpty()
                    ? Stream.empty()
                    : Stream.of(Finding.warn(
                            "settings",
                            "every user of this machine can read " + file + ", which holds "
                                    + String.join(", ", secrets),
                            "chmod o-r " + file
                                    + ", so that only its owner and group can read it; or set passwords by"
                                    + " environment variables"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    /** Returns whether everybody may read the file, and enter every folder above it. */
    private static boolean isOpenToAll(Path file) throws IOException {
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            if (!rights(folder).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return rights(file).contains(PosixFilePermission.OTHERS_READ);
    }

    private static Set<PosixFilePermission> rights(Path path) throws IOException {
        return Files.getPosixFilePermissions(path);
    }

    /** Returns the keys of its secrets. The well-known factory password does not count. */
    private static List<String> secrets(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties.stringPropertyNames().stream()
                .filter(SECRET)
                .filter(key -> {
                    String value = properties.getProperty(key);
                    return !value.isBlank() && !value.equals(SwitchSettings.FACTORY_PASSWORD) && !ELSEWHERE.test(value);
                })
                .sorted()
                .toList();
    }
}
