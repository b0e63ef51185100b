/**
 * Campaigns, rules and lists drawn by a seed, and a model of who may be called. The model shares no code with Callout: it
 * looks at each second.
 */
package dev.callout.chaos.rules;
