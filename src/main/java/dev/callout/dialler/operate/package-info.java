/**
 * What people do with campaigns, by hand or by the timetable: start, pause, resume, stop and view them. Every interface
 * (API, JMX, Karaf, timetable) uses {@link dev.callout.dialler.operate.CampaignControl}.
 */
package dev.callout.dialler.operate;
