/**
 * How a call is judged: hang-up causes, their classes, the number's status, and whether and when it is called again.
 */
package dev.callout.campaign.outcome;
