package dev.callout.store;

import dev.callout.campaign.OnAnswer;
import dev.callout.campaign.Printable;
import dev.callout.campaign.menu.Menus;
import dev.callout.campaign.outcome.SuccessIf;
import dev.callout.campaign.prompt.Prompt;
import dev.callout.store.prompts.MenuRows;
import dev.callout.store.prompts.PromptRows;
import java.util.Optional;

/** The columns of a campaign that say what callees hear, and what is expected of them. */
final class OnAnswerColumns {

    private OnAnswerColumns() {}

    static OnAnswer read(RowValues row) {
        Menus menus = menus(row);
        return new OnAnswer(
                menus,
                menus == null ? prompt(row) : null,
                row.text("action_on_answer"),
                row.text("transfer_on_answer"),
                row.text("context"),
                row.text("dialplan_type"),
                successIf(row));
    }

    private static Prompt prompt(RowValues row) {
        try {
            return PromptRows.prompt(row.text("i_ivr_prompt"), row.text("prompt_file"), row.text("prompt_pieces"));
        } catch (IllegalArgumentException e) {
            row.problem("i_ivr_prompt", e.getMessage());
            return null;
        }
    }

    private static Menus menus(RowValues row) {
        Integer first = row.whole("i_menu", null);
        try {
            return first == null ? null : MenuRows.menus(first, row.text("menus"));
        } catch (IllegalArgumentException e) {
            row.problem("i_menu", e.getMessage());
            return null;
        }
    }

    private static SuccessIf successIf(RowValues row) {
        String text = row.text("success_if");
        Optional<SuccessIf> wanted = text == null ? Optional.of(SuccessIf.HEARD) : SuccessIf.of(text);
        if (wanted.isEmpty()) {
            row.problem("success_if", "'" + Printable.of(text) + "' is neither heard nor key");
        }
        return wanted.orElse(SuccessIf.HEARD);
    }
}
