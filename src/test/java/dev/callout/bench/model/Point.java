package dev.callout.bench.model;

/**
 * What one node was measured to do with some number of lines. Rates are per second; cores are seconds of processor time in
 * a second.
 *
 * @param lines           calls that may be up at once
 * @param callSeconds     mean time from the originate to the hang-up
 * @param calls           calls that ended
 * @param dialler         cores
 * @param database        cores
 * @param simulator       cores of the simulated switch
 * @param claims          claims
 * @param claimSeconds    mean time of a claim
 * @param numbersPerClaim mean numbers of a claim
 * @param writes          batches of answers and ends
 * @param writeSeconds    mean time of a batch, to its commit
 * @param rowsPerWrite    mean answers and ends of a batch
 * @param statements      statements that the database was given
 * @param rowChanges      rows inserted, updated and deleted
 * @param redoBytes       what the database wrote to its log
 * @param redoWrites      how often it wrote there
 */
public record Point(
        int lines,
        double callSeconds,
        double calls,
        double dialler,
        double database,
        double simulator,
        double claims,
        double claimSeconds,
        double numbersPerClaim,
        double writes,
        double writeSeconds,
        double rowsPerWrite,
        double statements,
        double rowChanges,
        double redoBytes,
        double redoWrites) {}
