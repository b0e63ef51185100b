package dev.callout.store.schema;

import dev.callout.campaign.Campaign;
import dev.callout.store.sql.SqlText;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a destination list. It comes from a table's column, so it is checked. Only this class puts it into the
 * text of a statement.
 */
public final class ListName {
    /** The placeholder for the list, or in quotes for its name as a value, in the statements of {@code sql/destination_list/}. */
    private static final Pattern PLACE = Pattern.compile("'destination_list'|\\bdestination_list\\b");

    private final String name;

    /**
     * @throws IllegalArgumentException if a list cannot have this name; the message is a sentence that says why
     */
    public ListName(String name) {
        if (!isAllowed(name)) {
            throw new IllegalArgumentException(
                    "a list's name has at most 64 letters, digits and _, and is none of Callout's" + " own tables");
        }
        this.name = name;
    }

    static boolean isAllowed(String name) {
        return Campaign.isListName(name) && !Schema.TABLES.contains(name.toLowerCase(Locale.ROOT));
    }

    /** A statement of {@code sql/destination_list/} for this list. */
    public String statement(String file) {
        return PLACE.matcher(SqlText.of("destination_list/" + file))
                .replaceAll(place -> place.group().startsWith("'") ? "'" + name + "'" : "`" + name + "`");
    }

    @Override
    public String toString() {
        return name;
    }
}
