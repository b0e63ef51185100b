/**
 * Builds the dial string of a call from a campaign and a number: gateway, caller ID, channel variables, and what
 * happens on answer. Neither campaign nor number can inject anything.
 */
package dev.callout.campaign.dial;
