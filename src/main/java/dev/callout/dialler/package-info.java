/**
 * What runs: claiming, pacing, leases, adoption and the outcome of calls, as beans that the routes in {@code routes/} call.
 * <p>
 * The names under which the routes know the beans are those of {@link dev.callout.dialler.Dialler}. The Event Socket is met
 * only through the {@code esl:} endpoints and the headers in {@link dev.callout.esl.EslConstants}; its meters are given to it by
 * {@link dev.callout.esl.micrometer.MicrometerMeters}.
 */
package dev.callout.dialler;
