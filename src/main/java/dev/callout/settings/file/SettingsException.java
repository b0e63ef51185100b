package dev.callout.settings.file;

import java.util.List;
import java.util.stream.Collectors;

/** Options that cannot be used; its message names every problem, one a line, and no password. */
public class SettingsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public SettingsException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong: first the file's, in the order of its lines, then the environment's. */
    public List<Problem> problems() {
        return problems;
    }
}
