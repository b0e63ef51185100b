/** Numbers of all campaigns: search, the calls to each, and what is done with many of a campaign at once. */
package dev.callout.api.numbers;
