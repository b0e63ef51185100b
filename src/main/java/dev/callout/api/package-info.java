/** The HTTP API: what the REST routes of {@code routes/api.camel.yaml} call, and how HTTP comes in and goes out. */
package dev.callout.api;
