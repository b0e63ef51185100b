/**
 * This node among the others: its lease, a database that may be away, clocks that step, and older versions beside it.
 */
package dev.callout.dialler.node;
