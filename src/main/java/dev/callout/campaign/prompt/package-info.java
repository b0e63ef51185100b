/** What callees are played: one file, or a sequence of files, silence, said values and spoken text. */
package dev.callout.campaign.prompt;
