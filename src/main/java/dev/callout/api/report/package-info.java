/** Reports of ended attempts, through the HTTP API. */
package dev.callout.api.report;
