/** What is done with many numbers of a campaign at once. */
package dev.callout.api.numbers;
