/** Calls as a switch tells of them: states, times and ends, put together from its events. */
package dev.callout.esl.call;
