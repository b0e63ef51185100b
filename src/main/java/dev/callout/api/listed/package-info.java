/** Resources that are rows of one small table: schedules, prompts, timetables and holiday calendars. */
package dev.callout.api.listed;
