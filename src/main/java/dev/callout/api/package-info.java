/**
 * The HTTP API: the resources that the REST routes of {@code routes/api.camel.yaml} call, over {@link dev.callout.api.http}. No
 * other package imports it.
 */
package dev.callout.api;
