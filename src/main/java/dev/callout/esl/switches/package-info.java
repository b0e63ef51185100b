/** The switches that run in one component, each with its connection, its calls and the consumers of its events. */
package dev.callout.esl.switches;
