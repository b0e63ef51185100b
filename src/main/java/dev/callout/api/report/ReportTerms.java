package dev.callout.api.report;

import dev.callout.campaign.report.Grouping;
import java.time.Instant;
import java.time.ZoneId;

/**
 * What a report is about.
 *
 * @param campaign the campaign; null: all
 * @param by       what its rows are
 * @param callee   whether times are those of the callees, as far as they are known; else they are the campaigns'
 * @param from     attempts that ended before do not count
 * @param to       attempts that ended then or later do not count
 * @param zone     the time zone of campaigns that have none of their own
 */
record ReportTerms(Long campaign, Grouping by, boolean callee, Instant from, Instant to, ZoneId zone) {}
