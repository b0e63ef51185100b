/** Calls to test numbers, through the HTTP API. */
package dev.callout.api.testcall;
