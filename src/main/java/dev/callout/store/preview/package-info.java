/** What would become of a campaign's numbers if it dialled: read and judged as claims do, and nothing is changed. */
package dev.callout.store.preview;
