package dev.callout.store.donotcall;

import dev.callout.store.sql.SqlText;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** A do-not-call list has an entry of which it is not known yet which telephone it means, so that any may be meant. */
public final class UnreadEntriesException extends Exception {
    private static final long serialVersionUID = 1L;

    private static final String UNREAD = SqlText.of("unread-do-not-call");

    private final HashSet<Long> campaigns;

    private UnreadEntriesException(List<Long> campaigns) {
        super("An entry of a do-not-call list that binds campaigns " + campaigns + " has not been read yet");
        this.campaigns = new HashSet<>(campaigns);
    }

    /**
     * Throws if there is such an entry.
     *
     * @param callers the campaigns with a country whose numbers are to be called
     */
    public static void throwIfAny(NamedParameterJdbcTemplate jdbc, Set<Long> callers) throws UnreadEntriesException {
        List<Long> unread =
                callers.isEmpty() ? List.of() : jdbc.queryForList(UNREAD, Map.of("campaigns", callers), Long.class);
        if (!unread.isEmpty()) {
            throw new UnreadEntriesException(unread);
        }
    }

    /** Whether such a list binds the campaign. */
    public boolean concerns(long campaign) {
        return campaigns.contains(campaign);
    }
}
