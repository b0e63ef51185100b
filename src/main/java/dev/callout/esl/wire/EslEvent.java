package dev.callout.esl.wire;

import java.util.Map;

/** One event as the switch sent it. */
public final class EslEvent {

    private EslEvent() {
    }

    public static EslEvent json(byte[] body) {
        throw new UnsupportedOperationException();
    }

    public static EslEvent plain(byte[] body) {
        throw new UnsupportedOperationException();
    }

    public String name() {
        throw new UnsupportedOperationException();
    }

    public String get(String field) {
        throw new UnsupportedOperationException();
    }

    public long number(String field, long absent) {
        throw new UnsupportedOperationException();
    }

    public String body() {
        throw new UnsupportedOperationException();
    }

    public Map<String, String> toMap() {
        throw new UnsupportedOperationException();
    }
}
