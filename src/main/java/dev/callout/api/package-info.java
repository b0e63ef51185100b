/**
 * The HTTP API: the resources that the REST routes of {@code routes/api.camel.yaml} call, over
 * {@link dev.callout.api.http}. No other package imports this one.
 */
package dev.callout.api;
