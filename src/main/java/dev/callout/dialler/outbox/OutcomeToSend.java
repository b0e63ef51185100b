package dev.callout.dialler.outbox;

import dev.callout.store.outbox.Outbox;
import java.util.Map;

/**
 * An outcome from the outbox.
 *
 * @param id     its row
 * @param call   the call's UUID
 * @param number which number it is about: the table and the row. Outcomes of one number are sent in their order
 * @param json   as {@code seda:outcomes} has it
 */
public record OutcomeToSend(long id, String call, String number, String json) {

    /** @param row as {@code outbox/read.sql} reads it */
    static OutcomeToSend of(Map<String, Object> row) {
        String list = (String) row.get("list");
        return new OutcomeToSend(
                ((Number) row.get("i_outcome")).longValue(),
                (String) row.get("call_uuid"),
                (list.isEmpty() ? "campaign_phones" : list) + ":" + row.get("i_campaign_phone"),
                (String) row.get("outcome"));
    }

    Outbox.Taken taken() {
        return new Outbox.Taken(id, call);
    }
}
