/**
 * How numbers come to this node: claims, shared fairly between campaigns, and calls taken over from nodes that have
 * died.
 */
package dev.callout.dialler.claim;
