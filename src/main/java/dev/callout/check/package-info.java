/** Tells whether an installation is fit to dial, and if not, what to do. Changes nothing. */
package dev.callout.check;
