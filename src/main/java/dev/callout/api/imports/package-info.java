/**
 * Imports numbers from CSV, a workbook or JSON, and reports what happened to each. The entry point is
 * {@link dev.callout.api.imports.NumberImport}. Only {@code dev.callout.api} imports this package.
 */
package dev.callout.api.imports;
