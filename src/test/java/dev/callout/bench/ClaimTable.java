package dev.callout.bench;

/**
 * The state of a table when claims begin.
 *
 * @param finished per cent of the rows that are finished
 * @param waiting  whether half of the others wait for their next attempt
 * @param readView whether a transaction is open that began before the latest 100,000 calls, like that of a dump
 * @param closed   per cent of the rows that calling rules keep closed
 */
record ClaimTable(ClaimLayout layout, int rows, int finished, boolean waiting, boolean readView, int closed) {

    ClaimTable(ClaimLayout layout, int rows, int finished, boolean waiting, boolean readView) {
        this(layout, rows, finished, waiting, readView, 0);
    }

    @Override
    public String toString() {
        return String.format(
                "%s, %,d rows, %d %% finished%s%s%s",
                layout.title(),
                rows,
                finished,
                waiting ? ", half waiting" : "",
                readView ? ", open read view" : "",
                closed > 0 ? ", " + closed + " % closed" : "");
    }
}
