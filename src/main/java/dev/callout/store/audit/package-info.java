/** Who changed what: table {@code audit}. */
package dev.callout.store.audit;
