/** A model of an installation: queues with service times that are measured, carried to rates that are not. */
package dev.callout.bench.model;
