package dev.callout.api.imports;

import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.TelephoneReader;
import dev.callout.store.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Collects the telephones that a campaign with a country already has, for an import. It reads those that no claim or
 * import has read yet, or that were read by other rules.
 */
final class KnownTelephones {

    private static final int ROWS_AT_ONCE = 10_000;

    private KnownTelephones() {}

    /** Puts them into the import's table of known numbers. */
    static void collect(Statements.Session session, long campaign, Country country) {
        Map<String, Object> read = Map.of("campaign", campaign, "version", TelephoneReader.version(country));
        session.update("import-known-telephones", read);
        session.update("import-unread", read);
        session.commit();
        long after = 0;
        List<Map<String, Object>> rows = unread(session, after);
        while (!rows.isEmpty()) {
            session.updateBatch("import-known-add", telephones(rows, country));
            session.commit();
            after = ((Number) rows.get(rows.size() - 1).get("i_campaign_phone")).longValue();
            rows = unread(session, after);
        }
    }

    private static List<Map<String, Object>> unread(Statements.Session session, long after) {
        return session.query("import-unread-next", Map.of("after", after, "limit", ROWS_AT_ONCE));
    }

    private static List<Map<String, Object>> telephones(List<Map<String, Object>> rows, Country country) {
        List<Map<String, Object>> telephones = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            try {
                telephones.add(Map.of(
                        "telephone",
                        TelephoneReader.read((String) row.get("cld"), country).e164()));
            } catch (UndialableException e) {
                // The row is no telephone, so no line can be the same. The claim will close it.
            }
        }
        return telephones;
    }
}
