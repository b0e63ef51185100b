/** Route files: which are loaded, in which order, how edited ones take effect, and where HTTP listens. */
package dev.callout.dialler.routes;
