/**
 * The running dialler: claiming, pacing, leases, adoption and the outcome of calls, as beans that the routes in
 * {@code routes/} call.
 * <p>
 * {@link dev.callout.dialler.Dialler} defines the names under which the routes know the beans. The dialler uses the
 * Event Socket only through the {@code esl:} endpoints and the headers in {@link dev.callout.esl.EslConstants}.
 * {@link dev.callout.esl.micrometer.MicrometerMeters} gives the Event Socket component its meters.
 */
package dev.callout.dialler;
