/**
 * FreeSWITCH's Event Socket protocol over Netty: frames, events, and a connection that is kept up for ever. Knows nothing of
 * Camel, and nothing of calls.
 * <p>
 * {@link dev.callout.esl.wire.EslClient} is the way in; its listener and its futures are called on an event loop, where nothing
 * may block.
 */
package dev.callout.esl.wire;
