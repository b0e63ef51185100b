package dev.callout.bench.model;

/**
 * Service times carried to rates that were not measured, as ranges. The lower end says that batches grow as they did
 * between the measured points, so that one more call costs what one more call did. The upper end says that they grow no
 * further, so that each call costs what it did on average at the highest rate that was measured; and it adds the largest error
 * that the model made where it was checked.
 *
 * @param times what was measured
 * @param error the largest relative error of the model, such as 0.1
 */
public record Carried(ServiceTimes times, double error) {

    /** Processors are bought so that this part of them is busy. */
    public static final double BUSY = 0.6;

    /** Nothing was measured of what a sent mark holds a campaign's row for: no longer than a claim does. */
    private static final double MOST_HOLDERS = 2;

    private static final double ROWS_OF_CALL = 2;

    /**
     * A range.
     *
     * @param least the lower end
     * @param most  the upper end
     */
    public record Range(double least, double most) {

        Range times(double factor) {
            return new Range(least * factor, most * factor);
        }

        /** Returns the range of one over it. */
        Range inverse() {
            return new Range(1 / most, 1 / least);
        }
    }

    /** Returns the cores that diallers use, all nodes together. */
    public Range diallerCores(double calls, int nodes) {
        return cores(times.dialler(), times.most().dialler(), calls, nodes);
    }

    /** Returns the cores that the database uses. */
    public Range databaseCores(double calls, int nodes) {
        return cores(times.database(), times.most().database(), calls, nodes);
    }

    private Range cores(Line line, double atMost, double calls, int nodes) {
        double least = line.fixed() * nodes + line.each() * calls;
        double most = atMost / times.most().calls() * calls * (1 + error);
        return new Range(Math.min(least, most), Math.max(least, most));
    }

    /** Returns how many cores to buy for so many that are busy. */
    public static Range bought(Range busy) {
        return busy.times(1 / BUSY);
    }

    /** Returns the megabytes that the database writes to its log in a second. */
    public Range redoMegabytes(double calls) {
        return new Range(
                times.redo().each() * calls / 1e6,
                times.most().redoBytes() / times.most().calls() * calls * (1 + error) / 1e6);
    }

    /** Returns the calls/s of one campaign at which its row is held all the time. */
    public Range callsOfCampaign() {
        Point most = times.most();
        return each(times.claim(), most.claimSeconds() / Math.max(1, most.numbersPerClaim()), MOST_HOLDERS);
    }

    /**
     * Returns the calls/s at which one node writes answers and ends all the time. There are two for each answered call, and
     * one node writes one batch of a table at a time.
     */
    public Range callsOfWriter() {
        Point most = times.most();
        return each(times.write(), most.writeSeconds() / Math.max(1, most.rowsPerWrite()), 1)
                .times(1 / ROWS_OF_CALL);
    }

    /** How many of something a second can do: between batches without end and those that were measured. */
    private Range each(Line batch, double measured, double holders) {
        double least = batch.each() == 0 ? measured : Math.min(batch.each(), measured);
        return new Range(least, measured * holders * (1 + error)).inverse();
    }

    /**
     * Returns how long it takes until each node has claimed once, and has set sent marks once, while the calls come from one
     * campaign: they wait for its row one after the other, and each claim takes what has become free since the one
     * before.
     *
     * @return seconds; infinity if the row cannot carry so many calls
     */
    public double claimRound(double callsOfCampaign, int nodes) {
        double busy = callsOfCampaign * times.claim().each() * MOST_HOLDERS;
        return busy >= 1 ? Double.POSITIVE_INFINITY : nodes * times.claim().fixed() * MOST_HOLDERS / (1 - busy);
    }

    /** Returns the calls/s at which this many cores are busy with one dialler and the database. */
    public Range callsOfCores(int cores) {
        double fixed = times.dialler().fixed() + times.database().fixed();
        double each = times.dialler().each() + times.database().each();
        double average = (times.most().dialler() + times.most().database())
                / times.most().calls()
                * (1 + error);
        double first = cores / average;
        double second = Math.max(0, cores - fixed) / each;
        return new Range(Math.min(first, second), Math.max(first, second));
    }

    /**
     * Returns how many campaigns must share the calls so that each row is held {@link #BUSY} of the time at most.
     *
     * @return whole numbers, 1 or more
     */
    public Range campaigns(double calls) {
        Range one = callsOfCampaign();
        return new Range(Math.ceil(calls / one.most() / BUSY), Math.ceil(calls / one.least() / BUSY));
    }

    /** Returns how many nodes must share the calls so that each writes {@link #BUSY} of the time at most. */
    public Range nodes(double calls) {
        Range one = callsOfWriter();
        return new Range(Math.ceil(calls / one.most() / BUSY), Math.ceil(calls / one.least() / BUSY));
    }
}
