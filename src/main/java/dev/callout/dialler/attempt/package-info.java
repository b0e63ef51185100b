/**
 * What the dialler knows of one attempt to reach a number, from its claim until its end is committed, and of the attempts
 * that are under way. The other rooms of the dialler hand it on along its way.
 */
package dev.callout.dialler.attempt;
