/**
 * A connection to a switch that is kept up for ever: logging in, commands, replies and background jobs. Knows nothing of Camel,
 * and nothing of calls.
 * <p>
 * {@link dev.callout.esl.client.EslClient} is the way in; its listener and its futures are called on an event loop, where nothing
 * may block.
 */
package dev.callout.esl.client;
