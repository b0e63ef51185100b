package dev.callout.api.imports;

import java.util.Map;
import java.util.Set;

/**
 * One number to be imported.
 *
 * @param line     which one it is, in the {@linkplain ImportSource#unit() unit} of its source; the first is 1
 * @param cld      the number as it is written there
 * @param callerid null for none
 * @param timezone the callee's time zone as it is written there; null for none
 * @param consent  what the callee has agreed to; null for none
 * @param variables what becomes variables of the number
 * @param refusal  why it is refused; null if nothing is wrong with it
 */
record ImportLine(
        int line,
        String cld,
        String callerid,
        int priority,
        String timezone,
        String consent,
        Variables variables,
        String refusal) {

    /**
     * What becomes variables of the number.
     *
     * @param texts  by name; null or blank: none
     * @param faults why of others there is no text, by name; continues a sentence that begins with the name
     * @param taken  the names of those that became variables although nobody has said so: a value of theirs that cannot
     *               be sent is left out. One of another name refuses the line
     */
    record Variables(Map<String, String> texts, Map<String, String> faults, Set<String> taken) {

        static final Variables NONE = new Variables(Map.of(), Map.of(), Set.of());
    }

    static ImportLine refused(int line, String cld, String refusal) {
        return new ImportLine(line, cld, null, 0, null, null, Variables.NONE, refusal);
    }

    /** The same line with variables. */
    ImportLine with(Variables more) {
        return new ImportLine(line, cld, callerid, priority, timezone, consent, more, refusal);
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
                    Variables.NONE,
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
