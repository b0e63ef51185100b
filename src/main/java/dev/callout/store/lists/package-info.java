/** The numbers of destination lists, for people who look at them. */
package dev.callout.store.lists;
