/** Test calls: a campaign calls a telephone of the house, so that an operator hears what its callees will hear. */
package dev.callout.dialler.testcall;
