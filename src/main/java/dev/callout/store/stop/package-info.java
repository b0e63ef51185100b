/** The switch of the whole installation: table {@code stop_all}. */
package dev.callout.store.stop;
