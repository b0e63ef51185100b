/** The campaigns as this node last read them: what each wants, and why one is idle. */
package dev.callout.dialler.campaigns;
