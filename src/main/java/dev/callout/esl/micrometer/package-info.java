/** Publishes metrics of the {@code esl:} component in Micrometer. The component itself does not need Micrometer. */
package dev.callout.esl.micrometer;
