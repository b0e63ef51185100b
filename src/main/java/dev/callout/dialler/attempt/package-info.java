/**
 * What the dialler knows about one attempt to reach a number, from its claim until its end is committed, and about the
 * attempts in progress. The other packages of the dialler pass the attempt on.
 */
package dev.callout.dialler.attempt;
