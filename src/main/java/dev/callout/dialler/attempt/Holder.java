package dev.callout.dialler.attempt;

import dev.callout.store.numbers.CalloutTable;

/**
 * What holds a number's row.
 *
 * @param table the table that the row is in
 * @param owner the incarnation of the node that claimed it; the row may be written only under this name
 */
public record Holder(CalloutTable table, String owner) {}
