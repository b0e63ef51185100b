/**
 * FreeSWITCH's Event Socket protocol on the wire: bytes become frames, frames become events and replies. It is
 * independent of Camel and of calls.
 */
package dev.callout.esl.wire;
