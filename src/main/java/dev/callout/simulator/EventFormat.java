package dev.callout.simulator;

/** The two forms of an event on the wire. */
enum EventFormat {
    PLAIN("text/event-plain"),
    JSON("text/event-json");

    final String contentType;

    EventFormat(String contentType) {
        this.contentType = contentType;
    }
}
