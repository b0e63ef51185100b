/**
 * The Camel component {@code esl:}, which originates calls on FreeSWITCH and follows each to its end.
 * <p>
 * {@link dev.callout.esl.EslComponent} owns a connection to each switch, an {@link dev.callout.esl.switches.EslSwitch}, which all
 * endpoints of that switch share. Endpoints do what {@link dev.callout.esl.EslOperation} lists; headers are those of
 * {@link dev.callout.esl.EslConstants}. Nothing of a route runs on a connection's thread.
 */
package dev.callout.esl;
