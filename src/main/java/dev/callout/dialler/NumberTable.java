package dev.callout.dialler;

import dev.callout.store.numbers.CalloutTable;

/**
 * A table that numbers are dialled from.
 *
 * @param list the destination list's name; null: {@code campaign_phones}
 * @param rows what can be done with its rows
 */
record NumberTable(String list, CalloutTable rows) {}
