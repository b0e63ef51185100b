package dev.callout.karaf;

import dev.callout.campaign.Printable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.support.table.ShellTable;

/** What the shell's commands write. Whatever the text holds, and wherever it is from, the terminal does nothing but show it. */
final class Console {

    private Console() {}

    /** One line. */
    static void line(Object text) {
        System.out.println(Printable.line(text.toString()));
    }

    /** Lines that are laid out already, each ended by a line feed. */
    static void lines(String text) {
        System.out.print(Printable.lines(text));
    }

    /** A table, whose cells are in one line each. */
    static void table(ShellTable table) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        table.print(new PrintStream(text, true, StandardCharsets.UTF_8));
        lines(text.toString(StandardCharsets.UTF_8));
    }
}
