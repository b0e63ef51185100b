package dev.callout.dialler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The route files that are loaded: those built in, and those of the user's folder. A file of the folder that is named like one
 * built in is loaded instead of it.
 */
final class RouteFiles {

    private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);
    private static final String ENDING = ".camel.yaml";

    private final ResourceLoader loader;
    private final Optional<Path> folder;

    /** @param folder the user's; empty if there is none */
    RouteFiles(ResourceLoader loader, Optional<Path> folder) {
        this.loader = loader;
        this.folder = folder;
    }

    /** The files of these names, each from the folder if it is there. Tells which of them are not as built in. */
    List<Resource> ours(List<String> names) throws IOException {
        List<Resource> files = new ArrayList<>();
        for (String name : names) {
            Resource builtIn = loader.resolveResource("classpath:routes/" + name + ENDING);
            Optional<Path> users = folder.map(path -> path.resolve(name + ENDING)).filter(Files::exists);
            if (users.isPresent() && differs(users.get(), builtIn)) {
                LOG.info("Loading {} instead of the built-in file of that name, from which it differs", users.get());
            }
            files.add(users.map(path -> loader.resolveResource("file:" + path)).orElse(builtIn));
        }
        return files;
    }

    private static boolean differs(Path file, Resource builtIn) throws IOException {
        try (InputStream in = builtIn.getInputStream()) {
            return !Arrays.equals(Files.readAllBytes(file), in.readAllBytes());
        }
    }

    /** The folder's other files, in the order of their names. */
    List<Resource> added(List<String> names) throws IOException {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(file -> file.toString().endsWith(ENDING) && !names.contains(nameOf(file))).sorted()
                    .map(file -> loader.resolveResource("file:" + file)).toList();
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - ENDING.length());
    }
}
