/**
 * The Camel component {@code esl:}, which originates calls on FreeSWITCH and follows each call to its end.
 * <p>
 * {@link dev.callout.esl.EslComponent} owns one {@link dev.callout.esl.switches.EslSwitch} with its connection for each
 * switch; all endpoints of that switch share it. {@link dev.callout.esl.EslOperation} lists what endpoints do, and
 * {@link dev.callout.esl.EslConstants} lists the headers. No part of a route runs on a connection's thread.
 */
package dev.callout.esl;
