/** Resources that are rows of one table: campaigns, schedules, prompts, timetables and holiday calendars. */
package dev.callout.api.listed;
