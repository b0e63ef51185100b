/** The campaigns as this node last read them: what each one needs, and why an idle one is idle. */
package dev.callout.dialler.campaigns;
