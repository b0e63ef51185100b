package dev.callout.settings.file;

import java.util.List;
import java.util.stream.Collectors;

/** Options that cannot be used. The message names every problem, one per line. It holds no password. */
public class SettingsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems all problems, at least one */
    public SettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Returns all problems: first those of the file, in the order of its lines, then those of the environment. */
    public List<Problem> problems() {
        return problems;
    }
}
