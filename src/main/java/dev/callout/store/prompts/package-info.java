/** Reads the pieces of prompts, and keeps uploaded files. */
package dev.callout.store.prompts;
