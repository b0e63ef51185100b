package dev.callout.store.prompts;

import dev.callout.campaign.OnAnswer;
import dev.callout.campaign.Printable;
import dev.callout.campaign.menu.Menus;
import dev.callout.campaign.outcome.SuccessIf;
import dev.callout.campaign.prompt.Prompt;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/** Reads the columns of a campaign that say what callees hear, and what is expected of them. */
public final class OnAnswerColumns {

    private final UnaryOperator<String> columns;
    private final BiConsumer<String, String> problems;

    /**
     * @param columns  returns the text of a column; null: NULL or blank
     * @param problems is told which column cannot be read, and why
     */
    public OnAnswerColumns(UnaryOperator<String> columns, BiConsumer<String, String> problems) {
        this.columns = columns;
        this.problems = problems;
    }

    /** Reads them all. */
    public OnAnswer read() {
        Menus menus = menus();
        return new OnAnswer(
                menus,
                menus == null ? prompt() : null,
                columns.apply("action_on_answer"),
                columns.apply("transfer_on_answer"),
                columns.apply("context"),
                columns.apply("dialplan_type"),
                successIf());
    }

    private Prompt prompt() {
        try {
            return PromptRows.prompt(
                    columns.apply("i_ivr_prompt"), columns.apply("prompt_file"), columns.apply("prompt_pieces"));
        } catch (IllegalArgumentException e) {
            problems.accept("i_ivr_prompt", e.getMessage());
            return null;
        }
    }

    private Menus menus() {
        String first = columns.apply("i_menu");
        try {
            return first == null ? null : MenuRows.menus(Long.parseLong(first), columns.apply("menus"));
        } catch (NumberFormatException e) {
            problems.accept("i_menu", "'" + Printable.of(first) + "' is no key of table menus");
        } catch (IllegalArgumentException e) {
            problems.accept("i_menu", e.getMessage());
        }
        return null;
    }

    private SuccessIf successIf() {
        String text = columns.apply("success_if");
        Optional<SuccessIf> wanted = text == null ? Optional.of(SuccessIf.HEARD) : SuccessIf.of(text);
        if (wanted.isEmpty()) {
            problems.accept("success_if", "'" + Printable.of(text) + "' is neither heard nor key");
        }
        return wanted.orElse(SuccessIf.HEARD);
    }
}
