package dev.callout.dialler.attempt;

import dev.callout.store.numbers.CalloutTable;

/**
 * A table that numbers are dialled from.
 *
 * @param list the destination list's name; null: {@code campaign_phones}
 * @param rows what can be done with its rows
 */
public record NumberTable(String list, CalloutTable rows) {}
