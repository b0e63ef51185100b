package dev.callout.esl.client;

import java.util.Objects;

/** Rules for the text of a command. A pair of line feeds in the data would start a second command on the switch. */
final class CommandText {

    private CommandText() {}

    /**
     * Accepts a single line.
     *
     * @throws IllegalArgumentException if it holds CR, LF or NUL; the message does not repeat the text, which may be
     *                                  secret
     */
    static String requireOneLine(String text, String what) {
        Objects.requireNonNull(text, what);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' || c == '\0') {
                throw new IllegalArgumentException(what + " holds a line feed, carriage return or NUL at index " + i
                        + ": it must be a single line");
            }
        }
        return text;
    }

    /** Accepts a single line that is not blank. */
    static String requireCommand(String command) {
        if (requireOneLine(command, "command").isBlank()) {
            throw new IllegalArgumentException("command is blank");
        }
        return command;
    }

    /** Accepts a single word: not blank, and without a blank in it. */
    static String requireWord(String text, String what) {
        if (requireOneLine(text, what).isEmpty() || text.indexOf(' ') >= 0) {
            throw new IllegalArgumentException(what + " must be one word");
        }
        return text;
    }

    /**
     * The part of a command that logs and errors may show: its verb and, after {@code api} and {@code bgapi}, the
     * command's name. The rest may hold phone numbers or a password.
     */
    static String verb(String command) {
        String[] words = command.split(" ", 3);
        boolean named = words.length > 1 && (words[0].equals("api") || words[0].equals("bgapi"));
        return named ? words[0] + " " + words[1] : words[0];
    }
}
