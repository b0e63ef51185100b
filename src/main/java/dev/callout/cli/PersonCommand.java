package dev.callout.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.cli.access.ApiAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the installation holds of a person, through the API of the running dialler. */
@Command(
        name = "person",
        description =
                "Shows or erases what the running dialler's database holds of the person who has a number; needs the"
                        + " role admin.")
final class PersonCommand {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** The person that a command is about. */
    static final class Person {

        @Parameters(index = "0", paramLabel = "NUMBER", description = "in any spelling, best with +")
        private String number;

        @Option(
                names = "--country",
                paramLabel = "CODE",
                description = "country by which numbers without + are read; without: callout.country")
        private String country;

        private String path() {
            return "/api/persons/" + ApiAccess.segment(number)
                    + (country == null ? "" : "?country=" + ApiAccess.segment(country));
        }
    }

    @Command(description = "Writes everything about the person, as JSON.")
    void export(
            @Mixin ApiAccess api,
            @Mixin Person person,
            @Parameters(
                            index = "1",
                            paramLabel = "FILE",
                            arity = "0..1",
                            description = "a new file, which only its owner may read; without: standard output")
                    Path file)
            throws Exception {
        JsonNode all = api.get(person.path());
        String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
        if (file == null) {
            api.print(all, text);
        } else {
            write(file, text);
            api.print(MAPPER.createObjectNode().put("file", file.toString()), "Written to " + file + ".\n");
        }
    }

    @Command(
            description = "Erases everything about the person, and keeps a keyed hash by which the number is not called"
                    + " again.")
    void erase(@Mixin ApiAccess api, @Mixin Person person) throws Exception {
        JsonNode report = api.delete(person.path());
        StringBuilder text = new StringBuilder("Erased, and not called again. Rows erased:\n");
        report.path("erased")
                .properties()
                .forEach(table -> text.append("  " + table.getKey() + ": " + table.getValue() + "\n"));
        report.path("recordings")
                .forEach(one -> text.append(
                        "Delete on switch " + one.path("call_switch").asText() + ": "
                                + one.path("recording").asText() + "\n"));
        text.append("Callout cannot reach:\n");
        report.path("not_reached").forEach(place -> text.append("  " + place.asText() + "\n"));
        api.print(report, text.toString());
    }

    /** Writes a file that nobody else can read at any time. */
    private static void write(Path file, String text) throws IOException {
        FileAttribute<?>[] mode =
                file.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (OutputStream out = Channels.newOutputStream(
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("there is a file " + file + " already: name a new one", e);
        }
    }
}
