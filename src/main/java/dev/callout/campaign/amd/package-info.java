/** Answering machines: how a campaign finds out what answers, and what a machine hears. */
package dev.callout.campaign.amd;
