/**
 * What is counted and shown: meters, gauges, the last minute's traffic, recent calls, and outcomes for users' routes.
 */
package dev.callout.dialler.measure;
