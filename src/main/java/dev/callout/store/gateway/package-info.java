/** Reads the tables of gateways, their groups and caller IDs, and moves numbers from one leg of an attempt to the next. */
package dev.callout.store.gateway;
