package dev.callout.simulator.events;

/** The two forms of an event on the wire. */
public enum EventFormat {
    PLAIN("text/event-plain"),
    JSON("text/event-json");

    public final String contentType;

    EventFormat(String contentType) {
        this.contentType = contentType;
    }
}
