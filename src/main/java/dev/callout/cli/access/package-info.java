/** How commands reach the running dialler: its settings and its API. */
package dev.callout.cli.access;
