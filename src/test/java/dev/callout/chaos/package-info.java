/**
 * Whole installations under faults: diallers and the simulated switch in separate processes, a real MariaDB, and the
 * switch's ledger as the witness. Each scenario prints its random seed. {@code -Dchaos.seed=N} repeats it,
 * {@code -Pfull} is the long form.
 */
package dev.callout.chaos;
