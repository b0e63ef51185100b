/** Shows in Micrometer what the {@code esl:} component does, which needs no Micrometer itself. */
package dev.callout.esl.micrometer;
