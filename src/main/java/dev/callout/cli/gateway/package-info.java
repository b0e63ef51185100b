/** The commands on gateways and caller IDs. */
package dev.callout.cli.gateway;
