package dev.callout.karaf;

import dev.callout.campaign.Printable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.support.table.ShellTable;

/**
 * The output of the shell's commands. Whatever the text holds and wherever it comes from, the terminal only shows it.
 */
final class Console {

    private Console() {}

    /** Prints one line. */
    static void line(Object text) {
        System.out.println(Printable.line(text.toString()));
    }

    /** Prints lines that are already laid out, each ended by a line feed. */
    static void lines(String text) {
        System.out.print(Printable.lines(text));
    }

    /** Prints a table. Each cell is on one line. */
    static void table(ShellTable table) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        table.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        lines(text.toString(StandardCharsets.UTF_8));
    }
}
