/**
 * Reads the lines of a table from a file that somebody sends: CSV in UTF-8 or UTF-16, or a workbook (.xlsx), each as it
 * is or packed by gzip. The content decides what a file is, never its name. Nothing here needs more memory for a larger
 * file. The entry point is {@link dev.callout.api.files.SentFile}.
 */
package dev.callout.api.files;
