/** Workbooks (.xlsx) for people, written row by row. */
package dev.callout.sheet;
