/** What reports count, and what their figures mean. */
package dev.callout.campaign.report;
