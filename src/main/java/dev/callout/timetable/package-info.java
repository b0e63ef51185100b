/**
 * What people set by the calendar: the rows of table {@code timetables}, and what is due because of them. Values and
 * pure functions.
 */
package dev.callout.timetable;
