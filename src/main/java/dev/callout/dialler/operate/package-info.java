/**
 * What people do with campaigns, by hand or by the timetable: start, pause, resume, stop, and look. Each way in (API, JMX,
 * Karaf, timetable) goes through {@link dev.callout.dialler.operate.CampaignControl}.
 */
package dev.callout.dialler.operate;
