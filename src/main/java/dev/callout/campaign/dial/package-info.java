/**
 * The dial string of a call: gateway, caller ID, channel variables, and what happens on answer, made of a campaign and a number
 * so that neither can inject anything.
 */
package dev.callout.campaign.dial;
