package dev.callout.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.CallingRules;
import dev.callout.store.sql.SqlText;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CallBaseTest {

    private static final Instant RUN = Instant.ofEpochSecond(1_800_000_000);

    private static CallBase base(Instant run, Map<String, String> columns, CallingRules rules) {
        return CallBase.of(7, run, columns::get, rules);
    }

    private static CallingRules rules(Duration lockout) {
        return new CallingRules(
                List.of(new CallingRule("de", "DE", null, List.of(), lockout, null, false, false)), null, null);
    }

    @Test
    void equalCallsHaveOneBaseAndEachDifferenceAnother() {
        Map<String, String> columns = new HashMap<>(Map.of("name", "sale", "max_attempts", "3", "calls_made", "5"));
        CallBase first = base(RUN, columns, CallingRules.NONE);
        columns.put("calls_made", "6");
        assertThat(base(RUN, columns, CallingRules.NONE)).isEqualTo(first);
        assertThat(first.settings()).isEqualTo("{\"max_attempts\":\"3\",\"name\":\"sale\"}");

        Set<CallBase> different = new HashSet<>(Set.of(first));
        different.add(base(RUN.plusMillis(1), columns, CallingRules.NONE));
        different.add(base(null, columns, CallingRules.NONE));
        different.add(base(RUN, columns, rules(null)));
        different.add(base(RUN, columns, rules(Duration.ofHours(1))));
        columns.put("prompt_file", "/prompts/a.wav");
        different.add(base(RUN, columns, CallingRules.NONE));
        different.add(base(RUN, columns, CallingRules.NONE).withPromptHash("a0"));
        different.add(base(RUN, columns, CallingRules.NONE).withPromptHash("b0"));
        columns.put("max_attempts", "4");
        different.add(base(RUN, columns, CallingRules.NONE));
        assertThat(different).hasSize(9);
        assertThat(different.stream().map(CallBase::id).distinct()).hasSize(9).allMatch(id -> id >= 0 && id < 1L << 53);
        assertThat(different.stream().map(CallBase::revision).distinct()).hasSize(2);
        assertThat(base(RUN, columns, rules(null)).rules()).isEqualTo("de");
    }

    @Test
    void theSettingsAreThoseThatTheAuditKnowsWithoutSecrets() {
        Set<String> audited = Pattern.compile("'(\\w+)', ")
                .matcher(SqlText.of("audit/campaigns"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        audited.removeAll(Set.of(
                "description", "paused", "pause_reason", "md5secret", "add_custom_header_value", "import_problem"));
        assertThat(audited).containsExactlyInAnyOrderElementsOf(CallBase.SETTINGS);
        assertThat(CallBase.SETTINGS).allMatch(column -> Pattern.compile("\\b" + column + "\\b")
                .matcher(SqlText.of("due-campaigns"))
                .find());
    }
}
