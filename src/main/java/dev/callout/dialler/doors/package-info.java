/**
 * The routes of ours that a user's replaces to decide something about a number or to follow its call, and the threads they run on.
 */
package dev.callout.dialler.doors;
