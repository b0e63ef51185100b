/** Checks whether an installation is fit to dial, and says what to do if it is not. Changes nothing. */
package dev.callout.check;
