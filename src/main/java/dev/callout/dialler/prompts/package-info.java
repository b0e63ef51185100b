/** Uploaded prompts on this node: their copies in its folder, and which files the switches lack. */
package dev.callout.dialler.prompts;
