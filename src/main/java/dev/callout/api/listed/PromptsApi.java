package dev.callout.api.listed;

import dev.callout.api.answer.Column;
import dev.callout.store.Statements;
import java.util.List;
import java.util.Map;

/** Prompts that campaigns play: a name, and a file of the switch. */
public final class PromptsApi extends ListedApi {

    /** @param statements read and write the rows */
    public PromptsApi(Statements statements) {
        super(
                statements,
                "prompt",
                "prompts",
                "i_ivr_prompt",
                List.of(Column.text("name", 128), Column.text("file", 255)));
    }

    @Override
    void prepare(Statements.Session session, Map<String, Object> before, Map<String, Object> values) {
        requireText(values, "file", "must name the prompt's file on the switch");
    }
}
