/** The switch of the whole installation, as one node knows it and as people use it. */
package dev.callout.dialler.stop;
