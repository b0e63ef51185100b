package dev.callout.dialler.attempt;

import dev.callout.store.numbers.CalloutTable;

/**
 * A table that numbers are dialled from.
 *
 * @param list the name of the destination list; null: {@code campaign_phones}
 * @param rows the operations on its rows
 */
public record NumberTable(String list, CalloutTable rows) {}
