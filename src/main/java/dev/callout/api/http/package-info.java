/**
 * How HTTP comes in and goes out: the requests as the resources see them, the responses, and why a request is not done.
 * Imported by the rest of the API, whose resources it does not know.
 */
package dev.callout.api.http;
