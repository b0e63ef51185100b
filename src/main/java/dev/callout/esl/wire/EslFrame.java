package dev.callout.esl.wire;

import java.nio.charset.StandardCharsets;

/**
 * One message from the switch.
 *
 * @param contentType its Content-Type; "" if absent
 * @param replyText   its Reply-Text; "" if absent
 * @param body        the bytes that Content-Length announced, empty if none
 */
public record EslFrame(String contentType, String replyText, byte[] body) {

    /** The body as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
