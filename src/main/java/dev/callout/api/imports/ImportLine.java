package dev.callout.api.imports;

/**
 * One number to be imported.
 *
 * @param line     line number; the first line is 1
 * @param cld      the number as it is written there
 * @param callerid null for none
 * @param refusal  why it is refused; null if nothing is wrong with it
 */
record ImportLine(int line, String cld, String callerid, int priority, String refusal) {

    static ImportLine refused(int line, String cld, String refusal) {
        return new ImportLine(line, cld, null, 0, refusal);
    }

    /** Returns a line whose optional fields may be null or blank. It is refused if the priority is no whole number. */
    static ImportLine of(int line, String cld, String callerid, String priority) {
        try {
            return new ImportLine(
                    line,
                    cld,
                    callerid == null || callerid.isBlank() ? null : callerid.strip(),
                    priority == null || priority.isBlank() ? 0 : Integer.parseInt(priority.strip()),
                    null);
        } catch (NumberFormatException e) {
            return refused(line, cld, "priority is not a whole number");
        }
    }
}
