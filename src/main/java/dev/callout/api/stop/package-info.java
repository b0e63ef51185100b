/** The switch of the whole installation in the HTTP API. */
package dev.callout.api.stop;
