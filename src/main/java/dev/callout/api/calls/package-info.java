/** What agents and bots report of calls, through the HTTP API. */
package dev.callout.api.calls;
