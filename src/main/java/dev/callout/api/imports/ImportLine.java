package dev.callout.api.imports;

import java.util.Map;

/**
 * One number to be imported.
 *
 * @param line     line number; the first line is 1
 * @param cld      the number as it is written there
 * @param callerid null for none
 * @param timezone the callee's time zone as it is written there; null for none
 * @param consent  what the callee has agreed to; null for none
 * @param refusal  why it is refused; null if nothing is wrong with it
 */
record ImportLine(
        int line, String cld, String callerid, int priority, String timezone, String consent, String refusal) {

    static ImportLine refused(int line, String cld, String refusal) {
        return new ImportLine(line, cld, null, 0, null, null, refusal);
    }

    /**
     * Returns a line of these fields, each of which may be missing, null or blank. It is refused if the priority is no
     * whole number.
     */
    static ImportLine of(int line, Map<String, String> fields) {
        String priority = text(fields, "priority");
        try {
            return new ImportLine(
                    line,
                    fields.get("cld"),
                    text(fields, "callerid"),
                    priority == null ? 0 : Integer.parseInt(priority),
                    text(fields, "timezone"),
                    text(fields, "consent"),
                    null);
        } catch (NumberFormatException e) {
            return refused(line, fields.get("cld"), "priority is not a whole number");
        }
    }

    private static String text(Map<String, String> fields, String name) {
        String text = fields.get(name);
        return text == null || text.isBlank() ? null : text.strip();
    }
}
