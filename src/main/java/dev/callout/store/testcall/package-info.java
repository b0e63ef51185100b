/** Table {@code test_numbers}: telephones that campaigns may call before they start, and the calls to them. */
package dev.callout.store.testcall;
