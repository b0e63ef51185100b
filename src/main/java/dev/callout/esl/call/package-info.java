/** Calls as reported by a switch: their states, times and ends, put together from its events. */
package dev.callout.esl.call;
