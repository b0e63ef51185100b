/** Posts the outcomes of this node to one address, signed and beside the calls. */
package dev.callout.dialler.webhook;
