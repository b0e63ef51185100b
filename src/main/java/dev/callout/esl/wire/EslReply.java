package dev.callout.esl.wire;

import java.util.Objects;

/**
 * The switch's answer to one command.
 *
 * @param contentType {@code command/reply} or {@code api/response}
 * @param replyText   the Reply-Text header, such as {@code +OK accepted}; "" if absent (an api/response has none)
 * @param body        the body of an api/response as received, line ends included; "" if there is none
 */
public record EslReply(String contentType, String replyText, String body) {

    public EslReply {
        Objects.requireNonNull(contentType, "contentType");
        Objects.requireNonNull(replyText, "replyText");
        Objects.requireNonNull(body, "body");
    }

    /**
     * False if the switch refused: its reply, or the body of an api/response, starts with {@code -ERR} or
     * {@code -USAGE}.
     */
    public boolean ok() {
        String said = said();
        return !said.startsWith("-ERR") && !said.startsWith("-USAGE");
    }

    /** The text of the switch's answer, wherever this kind of reply contains it. */
    public String said() {
        return replyText.isEmpty() ? body : replyText;
    }
}
