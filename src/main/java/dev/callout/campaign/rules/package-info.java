/**
 * Who may be called now, and from when if not: calling rules, judged by the callee's time zone and earlier calls. Values
 * and pure functions.
 */
package dev.callout.campaign.rules;
