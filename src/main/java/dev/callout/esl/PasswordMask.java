package dev.callout.esl;

import dev.callout.esl.wire.EslEvent;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.util.json.JsonObject;

/**
 * Hides passwords in events that are passed on. FreeSWITCH puts the SIP password of an authenticated call into the
 * call's variables, and the whole dial string of an originate into BACKGROUND_JOB.
 */
final class PasswordMask {

    static final String MASK = "xxxxxx";

    /**
     * A variable whose name ends in password, with its value. The value is either quoted or ends at a separator that is
     * not escaped.
     */
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?i)(password=)('(?:\\\\.|[^'])*'|(?:\\\\.|[^,}\\]\\s])*)");

    /** Returns the event itself if it holds no password, else an equal event with the password hidden. */
    EslEvent mask(EslEvent event) {
        Map<String, String> fields = event.toMap();
        boolean secret = false;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            String shown = shown(field.getKey(), field.getValue());
            if (!shown.equals(field.getValue())) {
                field.setValue(shown);
                secret = true;
            }
        }
        return secret ? EslEvent.json(new JsonObject(fields).toJson().getBytes(StandardCharsets.UTF_8)) : event;
    }

    private static String shown(String name, String value) {
        if (name.toLowerCase(Locale.ROOT).contains("password")) {
            return MASK;
        }
        return value.contains("assword=") ? ASSIGNMENT.matcher(value).replaceAll("$1" + MASK) : value;
    }
}
