/** How numbers come to this node: claims, shared fairly between campaigns, and the calls of nodes that have died. */
package dev.callout.dialler.claim;
