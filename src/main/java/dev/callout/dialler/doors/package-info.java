/**
 * The built-in routes that a user can replace to decide something about a number or to follow its call, and the threads
 * that they run on.
 */
package dev.callout.dialler.doors;
