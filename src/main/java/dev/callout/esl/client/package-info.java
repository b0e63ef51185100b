/**
 * A connection to a switch that is kept up for ever: logging in, commands, replies and background jobs. It is
 * independent of Camel and of calls.
 * <p>
 * {@link dev.callout.esl.client.EslClient} is the entry point. Its listener and its futures are called on an event
 * loop, where nothing may block.
 */
package dev.callout.esl.client;
