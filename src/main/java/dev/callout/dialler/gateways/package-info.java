/** Where calls leave: which switches answer, how fast each is given calls, and which gateways rest. */
package dev.callout.dialler.gateways;
