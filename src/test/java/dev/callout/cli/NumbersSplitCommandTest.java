package dev.callout.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NumbersSplitCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int split(String... options) throws Exception {
        Path list = Files.writeString(
                folder.resolve("residents.csv"),
                "name,phone\nWeber,030 23125456\nWeber,+493023125456\nMaier,unknown\n");
        CommandLine command = Callout.commandLine();
        command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] arguments = new String[options.length + 5];
        System.arraycopy(
                new String[] {"numbers", "split", list.toString(), "--into", folder.toString()}, 0, arguments, 0, 5);
        System.arraycopy(options, 0, arguments, 5, options.length);
        return command.execute(arguments);
    }

    @Test
    void tellsHowManyLinesEachPartHasAndThatSomeMeanNoTelephone() throws Exception {
        assertThat(split("--by-telephone", "2", "--country", "de")).isEqualTo(1);
        assertThat(out.toString().lines())
                .hasSize(3)
                .anyMatch(line -> line.matches(".*residents-[12]-of-2\\.csv: 2 lines"))
                .anyMatch(line -> line.matches(".*residents-[12]-of-2\\.csv: 0 lines"))
                .anyMatch(line -> line.contains("residents-refused.csv: 1 lines"));
        assertThat(split("--by-telephone", "2", "--country", "de"))
                .as("the parts are there already")
                .isEqualTo(1);
        assertThat(err.toString()).contains("something is there already");
    }

    @Test
    void wrongOptionsAreToldAndWriteNothing() throws Exception {
        assertThat(split("--by-telephone", "2", "--country", "Germany")).isEqualTo(2);
        assertThat(split("--by-telephone", "0", "--country", "DE")).isEqualTo(2);
        assertThat(err.toString()).contains("not the two letters of a country").contains("must be 1 to");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }
}
