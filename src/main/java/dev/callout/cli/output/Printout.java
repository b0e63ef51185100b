package dev.callout.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.Printable;
import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The standard output or standard error of a command. Whatever the text holds and wherever it comes from, a terminal
 * only shows it. Line breaks and tabs are the command's own.
 */
public final class Printout extends PrintWriter {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Printout(Writer out) {
        super(out);
    }

    /** Returns the standard output of a command. */
    public static Printout of(CommandSpec spec) {
        return new Printout(spec.commandLine().getOut());
    }

    /** Returns the standard error of a command. */
    static Printout error(CommandLine command) {
        return new Printout(command.getErr());
    }

    /** Returns a printout to any other writer. */
    public static Printout to(Writer out) {
        return new Printout(out);
    }

    /** Writes a value as a JSON document of several lines, and a line feed. */
    public void json(Object value) throws JsonProcessingException {
        raw(Printable.json(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value)) + "\n");
    }

    /** Writes a value as a JSON document of one line, and a line feed. */
    public void jsonLine(Object value) throws JsonProcessingException {
        raw(Printable.json(MAPPER.writeValueAsString(value)) + "\n");
    }

    /** Writes a control sequence for the terminal. It must not hold anything from outside. */
    public void control(String sequence) {
        raw(sequence);
    }

    private void raw(String text) {
        super.write(text, 0, text.length());
    }

    @Override
    public void write(String text, int offset, int length) {
        raw(Printable.lines(text.substring(offset, offset + length)));
    }

    @Override
    public void write(char[] text, int offset, int length) {
        raw(Printable.lines(new String(text, offset, length)));
    }

    @Override
    public void write(int c) {
        raw(Printable.lines(Character.toString((char) c)));
    }
}
