/**
 * Numbers that come as CSV or JSON, and what becomes of each: {@link dev.callout.api.imports.NumberImport} is the way in.
 * Imported by {@code dev.callout.api} alone.
 */
package dev.callout.api.imports;
