package dev.callout.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.rules.CallingRule;
import dev.callout.campaign.rules.CallingRules;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * What thousands of calls share, and by which it can be shown later why they were made as they were: a row of table
 * {@code call_bases}.
 *
 * @param id           {@code i_call_base}, the beginning of the hash: every node computes the same, and asks nobody
 * @param hash         SHA-256 over the following, in hexadecimal digits
 * @param campaign     {@code i_campaign}
 * @param run          when the campaign's run began; null: none has begun
 * @param settings     what the campaign's row says, as a JSON object, without secrets; and what else it plays, by
 *                     {@code machine_prompt}, {@code no_agent} and {@code record}: a file, or pieces as a JSON array
 * @param revision     a hash of the settings, 16 hexadecimal digits
 * @param prompt       the file that is played, or its pieces or the menus as a JSON array; null: none
 * @param promptHash   SHA-256 of that file in hexadecimal digits; null: none, or the file cannot be read here
 * @param rules        the names of the calling rules that bind the campaign, separated by commas; null: none
 * @param rulesVersion a hash of these rules; null: none
 */
public record CallBase(
        long id,
        String hash,
        long campaign,
        Instant run,
        String settings,
        String revision,
        String prompt,
        String promptHash,
        String rules,
        String rulesVersion) {

    /** The columns of {@code due-campaigns.sql} that a person sets, except for passwords and what pauses the campaign. */
    static final List<String> SETTINGS = List.of(
            "name",
            "i_ivr_prompt",
            "username",
            "cli",
            "i_schedule",
            "max_concurrent_calls",
            "max_attempts",
            "timeout_sec",
            "backoff_sec",
            "threshold_msec",
            "context",
            "dialplan_type",
            "profile_gateway",
            "add_custom_header_name",
            "time_between_calls",
            "gaussian_distribution",
            "gaussian_distribution_mean",
            "gaussian_distribution_stdv",
            "call_max_duration",
            "call_min_duration",
            "cancel_ratio",
            "destination_list",
            "codec_list",
            "calling_strategy",
            "action_on_answer",
            "transfer_on_answer",
            "finish_on",
            "datetime_start",
            "timezone",
            "country",
            "duplicates",
            "retry_delays",
            "do_not_call_lists",
            "calling_rules",
            "schedule_zone",
            "gateway_group",
            "caller_id_pool",
            "weight",
            "guard_percent",
            "max_cost",
            "max_minutes",
            "i_menu",
            "success_if",
            "amd",
            "i_machine_prompt",
            "machine_beep_wait_sec",
            "hand_over",
            "hand_over_sec",
            "i_no_agent_prompt",
            "record_percent",
            "i_record_prompt",
            "emergency");

    /** What is played besides the prompt: to machines, if nobody takes the callee over, and before a recording. */
    private static final List<String> OTHER_PROMPTS = List.of("machine_prompt", "no_agent", "record");

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HexFormat HEX = HexFormat.of();
    private static final int REVISION_BYTES = 8;
    /** JavaScript and JSON tools read integers of up to 53 bits exactly. */
    private static final int ID_BITS = 52;

    /**
     * Makes the base of the calls that a campaign makes now.
     *
     * @param run     null: no run has begun
     * @param columns returns a column of the campaign's row; null: not set
     * @param rules   what binds its calls
     */
    static CallBase of(long campaign, Instant run, UnaryOperator<String> columns, CallingRules rules) {
        Map<String, String> set = new TreeMap<>();
        for (String column : SETTINGS) {
            String value = columns.apply(column);
            if (value != null) {
                set.put(column, value);
            }
        }
        // The keys of these are settings; what they stand for may change behind them.
        for (String other : OTHER_PROMPTS) {
            String pieces = columns.apply(other + "_pieces");
            String played = pieces == null ? columns.apply(other + "_file") : pieces;
            if (played != null) {
                set.put(other, played);
            }
        }
        String settings = json(set);
        String pieces = columns.apply(set.containsKey("i_menu") ? "menus" : "prompt_pieces");
        String prompt = pieces == null ? columns.apply("prompt_file") : pieces;
        String names = rules.rules().stream()
                .map(CallingRule::name)
                .distinct()
                .sorted()
                .reduce((one, other) -> one + "," + other)
                .orElse(null);
        String rulesVersion = rules.isEmpty() ? null : rules.version();
        return hashed(campaign, run, settings, prompt, null, names, rulesVersion);
    }

    /** Returns the base of calls that play the same file with this content. */
    public CallBase withPromptHash(String content) {
        return hashed(campaign, run, settings, prompt, content, rules, rulesVersion);
    }

    private static CallBase hashed(
            long campaign,
            Instant run,
            String settings,
            String prompt,
            String promptHash,
            String rules,
            String rulesVersion) {
        List<Object> shared = new ArrayList<>(
                List.of(campaign, String.valueOf(run), settings, text(prompt), text(rules), text(rulesVersion)));
        if (promptHash != null) {
            shared.add(promptHash);
        }
        byte[] sum = sum(json(shared));
        return new CallBase(
                ByteBuffer.wrap(sum).getLong() >>> (Long.SIZE - ID_BITS),
                HEX.formatHex(sum),
                campaign,
                run,
                settings,
                HEX.formatHex(sum(settings), 0, REVISION_BYTES),
                prompt,
                promptHash,
                rules,
                rulesVersion);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static String json(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Texts and numbers are always JSON", e);
        }
    }

    private static byte[] sum(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
