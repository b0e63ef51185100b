/**
 * A number's way to the switch: the doors' answers, the dial string, the sent mark, and the last check before the
 * originate.
 */
package dev.callout.dialler.dial;
