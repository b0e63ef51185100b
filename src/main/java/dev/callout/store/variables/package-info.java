/** Column {@code vars} of numbers: the variables of one number, as JSON. */
package dev.callout.store.variables;
