package dev.callout.store.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.store.sql.SqlText;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditedRowsReferenceTest {

    private static final Pattern COLUMN = Pattern.compile("ADD COLUMN IF NOT EXISTS (\\w+)");
    private static final Pattern COMPARED = Pattern.compile("'(\\w+)',");

    @ParameterizedTest
    @CsvSource({"gateways, gateway", "gateway_groups, gateway-group", "caller_ids, caller-id-pool"})
    void eachColumnThatPeopleEditIsCompared(String table, String kind) {
        List<String> columns = all(COLUMN, SqlText.of("schema/" + table)).stream()
                .filter(column -> !column.startsWith("i_"))
                .toList();
        assertThat(columns).isNotEmpty();
        assertThat(all(COMPARED, SqlText.of("audit/" + kind)))
                .as("audit/" + kind + ".sql")
                .containsAll(columns);
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult one) -> one.group(1))
                .toList();
    }
}
