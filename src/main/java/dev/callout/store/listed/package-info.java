/** Who must not be called: the one answer for claims and for what is said before them. */
package dev.callout.store.listed;
