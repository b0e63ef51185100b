package dev.callout.dialler.campaigns;

import dev.callout.campaign.rules.RuleBook;
import dev.callout.store.CallingRuleRows;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;

/** The calling rules as they were last read. Before that there are none, so campaigns that name one wait. Thread-safe. */
public final class RulesInForce {

    private List<Map<String, Object>> rows = List.of();
    private volatile RuleBook book = RuleBook.EMPTY;

    /** Takes over what {@code calling-rules.sql} has read. */
    public synchronized void read(@Body List<Map<String, Object>> read) {
        if (!read.equals(rows)) {
            book = CallingRuleRows.book(read);
            rows = List.copyOf(read);
        }
    }

    /** The rules. */
    public RuleBook book() {
        return book;
    }
}
