/** Uploaded files of prompts. */
package dev.callout.api.prompts;
