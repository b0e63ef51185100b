/**
 * FreeSWITCH's Event Socket protocol on the wire: bytes become frames, frames become events and replies. Knows nothing of Camel,
 * and nothing of calls.
 */
package dev.callout.esl.wire;
