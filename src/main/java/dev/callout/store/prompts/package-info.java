/** Reads the pieces of prompts. */
package dev.callout.store.prompts;
