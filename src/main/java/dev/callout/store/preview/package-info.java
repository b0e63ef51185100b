/** Which numbers a campaign would call if it dialled. They are read and judged as claims do it, and nothing is changed. */
package dev.callout.store.preview;
