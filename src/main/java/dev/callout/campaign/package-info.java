/**
 * Campaigns, and how their calls are judged: values and pure functions, from schedule and dial string to outcome and
 * retry.
 * <p>
 * Needs nothing but the JDK ({@code campaign.telephone} also libphonenumber): no database, no clock but the instant that a caller passes, no randomness but the source
 * it is given.
 */
package dev.callout.campaign;
