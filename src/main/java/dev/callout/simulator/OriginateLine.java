package dev.callout.simulator;

import java.util.Map;

/** Parser of what follows {@code originate }. */
final class OriginateLine {

    private OriginateLine() {
    }

    static Map<String, String> variables(String line) {
        throw new UnsupportedOperationException();
    }

    static String application(String line) {
        throw new UnsupportedOperationException();
    }
}
