/**
 * Imports numbers from CSV or JSON, and reports what happened to each. The entry point is
 * {@link dev.callout.api.imports.NumberImport}. Only {@code dev.callout.api} imports this package.
 */
package dev.callout.api.imports;
