package dev.callout.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.Printable;
import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command writes to standard output or standard error. Whatever the text holds, and wherever it is from, a terminal does
 * nothing but show it; lines and tabs are the command's own.
 */
public final class Printout extends PrintWriter {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Printout(Writer out) {
        super(out);
    }

    /** Standard output of a command. */
    public static Printout of(CommandSpec spec) {
        return new Printout(spec.commandLine().getOut());
    }

    /** Standard error of a command. */
    static Printout error(CommandLine command) {
        return new Printout(command.getErr());
    }

    /** Something else. */
    public static Printout to(Writer out) {
        return new Printout(out);
    }

    /** Writes a value as a JSON document in many lines, and a line feed. */
    public void json(Object value) throws JsonProcessingException {
        raw(Printable.json(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value)) + "\n");
    }

    /** The same in one line. */
    public void jsonLine(Object value) throws JsonProcessingException {
        raw(Printable.json(MAPPER.writeValueAsString(value)) + "\n");
    }

    /** Writes what a terminal is to obey; nothing from outside may be in it. */
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
