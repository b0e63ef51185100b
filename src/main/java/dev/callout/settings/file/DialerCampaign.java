package dev.callout.settings.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One {@code <campaign>} of a {@code dialer.conf.xml}.
 *
 * @param name     its name, as in table {@code campaigns}
 * @param columns  the text of each column of table {@code campaigns} that a mod_dialer parameter becomes; null for
 *                 NULL. A column whose parameter cannot be used is absent
 * @param given    the columns whose parameters are in the file
 * @param problems what cannot be used, with file, line and parameter; a campaign with problems must not be dialled
 */
public record DialerCampaign(String name, Map<String, String> columns, Set<String> given, List<Problem> problems) {

    public DialerCampaign {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        given = Set.copyOf(given);
        problems = List.copyOf(problems);
    }

    /**
     * Returns what mod_dialer did not do, or did differently, and what Callout will do to callees. Sentences; may be
     * empty.
     */
    public List<String> nowHappens() {
        List<String> sentences = new ArrayList<>();
        if (number("cancel_ratio") > 0) {
            sentences.add("cancel_ratio " + columns.get("cancel_ratio")
                    + ": that percentage of the calls is cancelled after one" + " second, which counts as an attempt"
                    + unlessGiven("cancel_ratio"));
        }
        if (number("gaussian_distribution") > 0) {
            sentences.add("gaussian_distribution 1: every answered call is hung up after about "
                    + columns.get("gaussian_distribution_mean") + " seconds (standard deviation "
                    + columns.get("gaussian_distribution_stdv") + ")" + unlessGiven("gaussian_distribution"));
        }
        if ("0".equals(columns.get("finish_on"))) {
            sentences.add("finish_on 0: the campaign never ends; every number is called again and again");
        }
        return sentences;
    }

    /** Returns what mod_dialer read and ignored, or did wrongly, and what Callout obeys. Sentences. */
    public List<String> nowObeyed() {
        List<String> sentences = new ArrayList<>();
        sentences.add("attempts_per_number " + columns.get("max_attempts")
                + ": every call counts, not only answered ones; nobody is called again after a success");
        sentences.add("max_concurrent_calls " + columns.get("max_concurrent_calls")
                + ": ringing calls count too, and as many ring at once");
        sentences.add("time_between_retries " + columns.get("backoff_sec")
                + ": from the end of a call; other numbers do not wait");
        sentences.add(
                columns.get("cli") == null
                        ? "global_caller_id is not set: a number without a callerid of its own is shown as the caller itself"
                        : "global_caller_id is shown to the callee; mod_dialer showed the called number");
        sentences.add("calling_strategy " + columns.getOrDefault("calling_strategy", "sequential")
                + "; mod_dialer was always random");
        if (columns.get("codec_list") != null) {
            sentences.add("codec_list " + columns.get("codec_list") + ": all of these are offered");
        }
        if (columns.get("datetime_start") != null) {
            sentences.add(
                    "datetime_start " + columns.get("datetime_start")
                            + ": nothing is dialled before this time, in the time zone of the campaign's timezone or callout.timezone");
        }
        if (columns.get("finish_on") != null && number("finish_on") != 0) {
            sentences.add(
                    number("finish_on") < 0
                            ? "finish_on -1: the run ends when every number is finished, pending retries included"
                            : "finish_on " + columns.get("finish_on") + ": the run ends after exactly that many calls");
        }
        sentences.add(onAnswer());
        return sentences;
    }

    private String onAnswer() {
        String transfer = columns.get("transfer_on_answer");
        String action = columns.get("action_on_answer");
        if (given.contains("transfer_on_answer")
                && given.contains("action_on_answer")
                && transfer != null
                && action != null) {
            return "transfer_on_answer and action_on_answer are both set: calls are transferred to " + transfer
                    + ", as mod_dialer did";
        }
        return transfer != null
                ? "answered calls are transferred to " + transfer + unlessGiven("transfer_on_answer")
                : action != null
                        ? "action_on_answer " + action + " is run"
                        : "nothing is run on answer, so the campaign is not dialled";
    }

    private String unlessGiven(String column) {
        return given.contains(column) ? "" : " (not in the file: the documented default)";
    }

    private long number(String column) {
        return Long.parseLong(columns.getOrDefault(column, "0"));
    }
}
