/** Reads the tables of gateways, their groups and caller IDs. */
package dev.callout.store.gateway;
