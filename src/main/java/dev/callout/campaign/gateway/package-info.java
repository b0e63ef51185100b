/** Which gateways the calls of a campaign may leave by, in which order, and with which caller ID. */
package dev.callout.campaign.gateway;
