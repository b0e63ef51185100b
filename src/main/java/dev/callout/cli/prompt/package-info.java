/** The commands on prompts and their uploaded files. */
package dev.callout.cli.prompt;
