/** The claim: one transaction that takes due numbers of a campaign in its order, under its cap and at its pace. */
package dev.callout.store.claim;
