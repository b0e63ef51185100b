package dev.callout.api.imports;

/**
 * One number that is to be imported.
 *
 * @param line     where it stands, the first line being 1
 * @param cld      the number as it stands there
 * @param callerid null for none
 * @param refusal  why it cannot be taken; null if nothing is wrong with it
 */
record ImportLine(int line, String cld, String callerid, int priority, String refusal) {

    static ImportLine refused(int line, String cld, String refusal) {
        return new ImportLine(line, cld, null, 0, refusal);
    }
}
