/** Answered calls: to whom callees are handed over, and which calls are recorded. */
package dev.callout.campaign.answered;
