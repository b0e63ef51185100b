/** The switches that run in one component: each with its connection, its calls and who listens to its events. */
package dev.callout.esl.switches;
