/**
 * A number's way to the switch: the doors' answers, the dial string, the sent mark, and the last look before the originate.
 */
package dev.callout.dialler.dial;
