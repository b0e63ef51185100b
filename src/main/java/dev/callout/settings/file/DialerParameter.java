package dev.callout.settings.file;

import dev.callout.campaign.CallingStrategy;
import dev.callout.campaign.Campaign;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The campaign parameters of mod_dialer's {@code dialer.conf.xml}: for each, the column of table {@code campaigns} that
 * it becomes, what it means when it is absent, and its allowed values. A parameter that is present but empty is 0, or
 * no value.
 */
public enum DialerParameter {
    CONTEXT("context", "default", text(128), "context"),
    DIALPLAN("dialplan_type", null, text(32), "dialplan_type"),
    GATEWAY("profile_gateway", null, text(128), "profile/gateway"),
    HEADER_NAME(
            "add_custom_header_name",
            "sip_h_P-Campaing-Name",
            text(128),
            "add_custom_header_name",
            "custom_header_name"),
    HEADER_VALUE("add_custom_header_value", "my_campaign", text(255), "add_custom_header_value", "custom_header_value"),
    MAX_CONCURRENT_CALLS("max_concurrent_calls", "20", whole(1, Integer.MAX_VALUE), "max_concurrent_calls"),
    TIME_BETWEEN_CALLS("time_between_calls", "1", decimal(), "time_between_calls"),
    ATTEMPTS("max_attempts", "3", whole(1, Integer.MAX_VALUE), "attempts_per_number"),
    TIME_BETWEEN_RETRIES("backoff_sec", "600", whole(0, Integer.MAX_VALUE), "time_between_retries"),
    ORIGINATE_TIMEOUT("timeout_sec", "30", whole(1, 3600), "originate_timeout"),
    CANCEL_RATIO("cancel_ratio", "50", whole(0, 100), "cancel_ratio"),
    CALLER_ID("cli", null, text(64), "global_caller_id"),
    DESTINATION_LIST("destination_list", "callout_list", table(), "destination_list"),
    CODECS("codec_list", "PCMA,PCMU,OPUS", text(255), "codec_list"),
    STRATEGY("calling_strategy", "sequential", strategy(), "calling_strategy"),
    ACTION("action_on_answer", "echo()", text(255), "action_on_anwser", "action_on_answer"),
    TRANSFER("transfer_on_answer", "8888", text(128), "transfer_on_answer"),
    FINISH_ON("finish_on", "-1", whole(-1, Integer.MAX_VALUE), "finish_on"),
    GAUSSIAN("gaussian_distribution", "1", whole(0, 1), "gaussian_distribution"),
    MEAN("gaussian_distribution_mean", "30", decimal(), "gaussian_distribution_mean"),
    DEVIATION("gaussian_distribution_stdv", "10", decimal(), "gaussian_distribution_stdv"),
    MAX_DURATION("call_max_duration", "60", whole(0, Integer.MAX_VALUE), "call_max_duration", "max_call_duration"),
    MIN_DURATION("call_min_duration", "20", whole(0, Integer.MAX_VALUE), "call_min_duration", "min_call_duration"),
    START("datetime_start", null, instant(), "datetime_start");

    private final String column;
    private final String absent;
    private final Reader reader;
    private final List<String> names;

    /** Turns the text of a parameter, which is not blank, into the text of a column. */
    @FunctionalInterface
    private interface Reader {

        /**
         * @throws IllegalArgumentException if the text cannot be used; the message continues a sentence that begins
         *                                  with the text
         */
        String read(String text);

        /** Returns what an empty text means; null: no value. */
        default String empty() {
            return null;
        }
    }

    /** A number. An empty text is 0, which may be out of range. */
    @FunctionalInterface
    private interface NumberReader extends Reader {
        @Override
        default String empty() {
            return read("0");
        }
    }

    DialerParameter(String column, String absent, Reader reader, String... names) {
        this.column = column;
        this.absent = absent;
        this.reader = reader;
        this.names = List.of(names);
    }

    /** Returns the parameter with that name, in any of its spellings; letter case does not matter. */
    public static Optional<DialerParameter> named(String name) {
        return Arrays.stream(values())
                .filter(each -> each.names.contains(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Returns all names, in all spellings. */
    public static List<String> allNames() {
        return Arrays.stream(values()).flatMap(each -> each.names.stream()).toList();
    }

    /** Returns the column of table {@code campaigns} that the parameter becomes. */
    public String column() {
        return column;
    }

    /** Returns the column's text if the parameter is absent; null: no value. */
    public String whenAbsent() {
        return absent;
    }

    /**
     * Returns the column's text for a parameter's text; null: no value.
     *
     * @throws IllegalArgumentException if the parameter cannot be used; the message is for an operator
     */
    String read(String text) {
        String stripped = text.strip();
        if (stripped.contains("$${")) {
            throw new IllegalArgumentException(
                    "'" + stripped + "' contains a variable of FreeSWITCH's configuration, which only"
                            + " FreeSWITCH can expand: write its value instead");
        }
        return stripped.isEmpty() ? reader.empty() : reader.read(stripped);
    }

    private static Reader text(int longest) {
        return text -> require(text, text.length() <= longest, "is longer than " + longest + " characters");
    }

    private static Reader table() {
        return text -> require(
                text, Campaign.isListName(text), "is not the name of a table: at most 64 letters, digits and _");
    }

    private static NumberReader whole(int least, int most) {
        String range = "is not a whole number from " + least + (most == Integer.MAX_VALUE ? " up" : " to " + most);
        return text -> {
            require(text, text.matches("[-+]?\\d{1,10}"), range);
            long number = Long.parseLong(text);
            require(text, number >= least && number <= most, range);
            return Long.toString(number);
        };
    }

    private static NumberReader decimal() {
        return text -> new BigDecimal(require(
                        text,
                        text.matches("\\d{1,7}(\\.\\d{1,3})?"),
                        "is not a number of at most 7 digits and 3 decimals"))
                .toPlainString();
    }

    private static Reader strategy() {
        return text -> {
            try {
                return CallingStrategy.of(text).text();
            } catch (IllegalArgumentException e) {
                return require(text, false, "is neither sequential nor random");
            }
        };
    }

    private static Reader instant() {
        DateTimeFormatter ofModDialer = DateTimeFormatter.ofPattern("uuuu-MM-dd-HH-mm-ss");
        return text -> {
            try {
                return LocalDateTime.parse(text, ofModDialer)
                        .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss"));
            } catch (DateTimeException e) {
                return require(
                        text,
                        false,
                        "is not a date and time in the form %Y-%m-%d-%H-%M-%S, such as 2026-12-24-09-00-00");
            }
        };
    }

    private static String require(String text, boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("'" + text + "' " + otherwise);
        }
        return text;
    }
}
