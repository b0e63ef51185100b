package dev.callout.api.files;

import dev.callout.api.http.ApiProblem;

/** Collects the text of a cell, or of a shared string, from the pieces in which XML gives it. */
final class CellText {

    private final int longest;
    private final StringBuilder text = new StringBuilder();
    private boolean within;
    /** Whether we are within the pronunciation of a Japanese text, which is no part of it. */
    private boolean phonetic;

    /** @param longest in characters */
    CellText(int longest) {
        this.longest = longest;
    }

    /**
     * Takes an event.
     *
     * @throws ApiProblem if the text becomes too long
     */
    void take(XmlPart xml, XmlPart.Event event) {
        if (event == XmlPart.Event.TEXT) {
            if (within) {
                text.append(xml.text());
                if (text.length() > longest) {
                    throw new ApiProblem(400, "A cell of the workbook is longer than " + longest + " characters");
                }
            }
            return;
        }
        boolean starts = event == XmlPart.Event.START;
        switch (xml.name()) {
            case "rPh" -> phonetic = starts;
            case "t", "v" -> within = starts && !phonetic;
            default -> {}
        }
    }

    void clear() {
        text.setLength(0);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
