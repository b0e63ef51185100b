package dev.callout.store.rules;

import java.util.List;
import java.util.function.Function;

/** The statements by which calling rules close and open the numbers of one layout of callout table. */
public record RuleStatements(String closeByRule, String pickOpened, String open, String firstOpening) {

    /** @param statements maps a file name to the layout's statement */
    public static RuleStatements of(Function<String, String> statements) {
        return new RuleStatements(
                statements.apply("close-by-rule"),
                statements.apply("pick-opened"),
                statements.apply("open"),
                statements.apply("first-opening"));
    }

    /** All of them. */
    public List<String> all() {
        return List.of(ClosedNumbers.SEVERAL, closeByRule, pickOpened, open, firstOpening);
    }
}
