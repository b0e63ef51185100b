/**
 * What a request about do-not-call lists means: the list that binds all campaigns, or a further one, and imports into
 * both. Only {@code dev.callout.api} imports this package.
 */
package dev.callout.api.donotcall;
