package dev.callout.api.listed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.answer.Column;
import dev.callout.store.CampaignDefaults;
import dev.callout.store.CampaignRow;
import dev.callout.store.sql.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Table campaigns, what is read of it, and what the API shows and takes keep in step. */
class CampaignColumnsTest {

    /** What the API takes. */
    private static final List<String> TAKEN =
            CampaignsApi.COLUMNS.stream().map(Column::name).toList();
    /** What only Callout writes. */
    private static final List<String> OURS = List.of(
            "i_campaign",
            "imported",
            "import_problem",
            "closed_by_version",
            "pause_reason",
            "guard_from",
            "run_started",
            "run_ended",
            "calls_made",
            "claims",
            "next_dial");

    private final List<String> table = matches("schema/campaigns", "(?m)^  (?!PRIMARY|ADD)(\\w+) [A-Z]");

    private static List<String> matches(String file, String pattern) {
        return Pattern.compile(pattern)
                .matcher(SqlText.of(file))
                .results()
                .map(one -> one.group(1))
                .toList();
    }

    @Test
    void theAuditLooksAtAllThatTheApiTakes() {
        assertThat(matches("audit/campaigns", "'(\\w+)', (?:c\\.|LEFT)")).containsAll(TAKEN);
    }

    @Test
    void theApiTakesEveryColumnThatIsNotOurs() {
        List<String> expected = new ArrayList<>(table);
        expected.removeAll(OURS);
        assertThat(TAKEN).containsExactlyElementsOf(expected);
        assertThat(matches("schema/campaigns", "ADD COLUMN IF NOT EXISTS (\\w+)"))
                .contains("name")
                .isSubsetOf(table);
    }

    @Test
    void whatIsReadOfPromptsForTheJudgementOnlyIsNotShown() {
        assertThat(matches("api/campaigns", "AS (\\w+_(?:file|pieces))\\b"))
                .contains("prompt_file")
                .allMatch(ShownFields.HIDDEN::contains);
    }

    @Test
    void whatItTakesIsStoredAndReadAgain() {
        assertThat(matches("api/campaign-insert", ":#(\\w+)")).containsExactlyInAnyOrderElementsOf(TAKEN);
        assertThat(matches("api/campaign-update", "(\\w+) = :#\\1\\b")).containsExactlyInAnyOrderElementsOf(TAKEN);
        assertThat(matches("api/campaigns", "\\bc\\.(\\w+)")).containsAll(TAKEN);
    }

    @Test
    void theDiallerReadsAllThatDecides() {
        Set<String> asked = new HashSet<>();
        Map<String, Object> row =
                new HashMap<>(Map.of(
                        "i_campaign",
                        1L,
                        "i_schedule",
                        1L,
                        "i_ivr_prompt",
                        1L,
                        "hand_over",
                        "queue:a",
                        "record_percent",
                        1)) {
                    private static final long serialVersionUID = 1;

                    @Override
                    public Object get(Object column) {
                        asked.add((String) column);
                        return super.get(column);
                    }
                };
        new CampaignRow(row, CampaignDefaults.NONE).campaign();

        assertThat(asked)
                .containsAll(TAKEN.stream()
                        .filter(column -> !column.equals("description"))
                        .toList());
        // Made for the row.
        List<String> judged = List.of(
                "prompt_file",
                "prompt_pieces",
                "machine_prompt_file",
                "machine_prompt_pieces",
                "no_agent_file",
                "no_agent_pieces",
                "record_file",
                "record_pieces",
                "menus",
                "has_schedule",
                "schedule_records",
                "lists_there");
        assertThat(matches("due-campaigns", "\\bAS (\\w+)")).containsAll(judged);
        assertThat(matches("api/campaigns", "\\bAS (\\w+)")).containsAll(judged);
        asked.removeAll(judged);
        asked.removeAll(List.of("i_holiday_calendar", "list_problem"));
        assertThat(table).containsAll(asked);
        assertThat(matches("due-campaigns", "\\bc\\.(\\w+)")).containsAll(asked);
        // A campaign whose import failed can be mended by a change.
        asked.removeAll(List.of("import_problem", "closed_by_version", "pause_reason", "guard_from"));
        assertThat(matches("api/campaigns", "\\bc\\.(\\w+)")).containsAll(asked);
    }
}
