package dev.callout.simulator.events;

import java.nio.charset.StandardCharsets;

/** The two forms of an event on the wire: the type of its content, and what stands around names and values. */
public enum EventFormat {
    PLAIN("text/event-plain", "", "", ": ", "\n", "\n"),
    JSON("text/event-json", "{\"", ",\"", "\":\"", "\"", "}");

    /** The event's Content-Type. */
    public final String contentType;

    final byte[] beforeFirst;
    final byte[] beforeNext;
    final byte[] afterName;
    final byte[] afterValue;
    final byte[] end;

    EventFormat(String contentType, String... parts) {
        this.contentType = contentType;
        beforeFirst = bytes(parts[0]);
        beforeNext = bytes(parts[1]);
        afterName = bytes(parts[2]);
        afterValue = bytes(parts[3]);
        end = bytes(parts[4]);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
