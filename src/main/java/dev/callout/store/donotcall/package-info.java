/**
 * The do-not-call lists: table {@code do_not_call}, which binds all campaigns, and further lists, which bind those that
 * name them. Which telephones their entries mean, and how lists are loaded and replaced.
 */
package dev.callout.store.donotcall;
