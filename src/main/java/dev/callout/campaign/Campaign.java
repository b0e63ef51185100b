package dev.callout.campaign;

import dev.callout.campaign.outcome.RetryPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A campaign as its row describes it, defaults filled in.
 *
 * @param id                 {@code i_campaign}
 * @param name               for operators
 * @param paused             whether it is stopped by its only durable switch
 * @param username           name for SIP authentication; null: none
 * @param password           {@code md5secret}, the password that goes with it; null: none; never shown
 * @param callerId           {@code cli}; null: the number called
 * @param schedule           when calls may start
 * @param zone               the campaign's, else {@code callout.timezone}; null if neither is set
 * @param maxConcurrentCalls lines in use at once, at least 1
 * @param maxAttempts        calls a number may cost, at least 1
 * @param originateTimeout   {@code timeout_sec}: how long to wait for an answer
 * @param backoff            {@code backoff_sec}: from a call's end to the next attempt
 * @param threshold          {@code threshold_msec}: how long a successful call must last
 * @param promptFile         file of {@code i_ivr_prompt}; null: no prompt
 * @param context            dialplan context for {@code transferTo}; null: default
 * @param dialplan           {@code dialplan_type}; null: XML
 * @param gateway            {@code profile_gateway} as {@code profile/gateway}; null: the SIP proxy
 * @param headerName         {@code add_custom_header_name}; null: no header
 * @param headerValue        {@code add_custom_header_value}; null: no header
 * @param timeBetweenCalls   distance of two calls' starts; zero: none
 * @param duration           how long calls are let last
 * @param cancelRatio        per cent of the calls that are cancelled, 0 to 100
 * @param destinationList    table in mod_dialer's layout to dial from; null: {@code campaign_phones}
 * @param codecList          codecs to offer, separated by commas; null: the switch's own
 * @param strategy           order of fresh numbers
 * @param application        {@code action_on_answer}: {@code app(arguments)}; null: none
 * @param transferTo         {@code transfer_on_answer}: an extension; null: none
 * @param finishOn           {@code finish_on}: -1 when all numbers are finished, n after n calls, 0 or null never
 * @param startsAt           {@code datetime_start} by the zone's clocks; null: at once
 * @param retries            {@code retry_delays}: its own delays by class of causes; {@link RetryPolicy#DEFAULT} if it has none
 * @param readProblems       what in the row could not be read (an unknown zone, a text for a number), naming the columns
 */
public record Campaign(
        long id,
        String name,
        boolean paused,
        String username,
        String password,
        String callerId,
        Schedule schedule,
        ZoneId zone,
        int maxConcurrentCalls,
        int maxAttempts,
        Duration originateTimeout,
        Duration backoff,
        Duration threshold,
        String promptFile,
        String context,
        String dialplan,
        String gateway,
        String headerName,
        String headerValue,
        Duration timeBetweenCalls,
        CallDuration duration,
        int cancelRatio,
        String destinationList,
        String codecList,
        CallingStrategy strategy,
        String application,
        String transferTo,
        Integer finishOn,
        LocalDateTime startsAt,
        RetryPolicy retries,
        List<String> readProblems) {

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final Pattern MD5 = Pattern.compile("[0-9A-Fa-f]{32}");
    private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");

    public Campaign {
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(originateTimeout, "originateTimeout");
        Objects.requireNonNull(backoff, "backoff");
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(timeBetweenCalls, "timeBetweenCalls");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(retries, "retries");
        readProblems = List.copyOf(readProblems);
    }

    /** Whether a text is the name of a table that can be a destination list: at most 64 letters, digits and _. */
    public static boolean isListName(String text) {
        return TABLE_NAME.matcher(text).matches();
    }

    /**
     * What is wrong with the campaign, each sentence naming the column; one with problems is not dialled. What concerns the
     * dial string is told by {@link DialString#problems(Campaign)}.
     */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(readProblems);
        schedule.problem().ifPresent(problems::add);
        problems.addAll(duration.problems());
        check(
                problems,
                maxConcurrentCalls >= 1,
                "max_concurrent_calls is " + maxConcurrentCalls + ": it must be at least 1");
        check(problems, maxAttempts >= 1, "max_attempts is " + maxAttempts + ": it must be at least 1");
        check(
                problems,
                originateTimeout.compareTo(Duration.ofSeconds(1)) >= 0,
                "timeout_sec is " + seconds(originateTimeout) + ": it must be at least 1 second");
        check(
                problems,
                originateTimeout.compareTo(LONGEST_TIMEOUT) <= 0,
                "timeout_sec is " + seconds(originateTimeout) + ": it must be at most " + LONGEST_TIMEOUT.toSeconds());
        check(problems, !backoff.isNegative(), "backoff_sec is " + seconds(backoff) + ": it must not be negative");
        check(
                problems,
                !threshold.isNegative(),
                "threshold_msec is " + threshold.toMillis() + ": it must not be negative");
        check(
                problems,
                !timeBetweenCalls.isNegative(),
                "time_between_calls is " + seconds(timeBetweenCalls) + ": it must not be negative");
        check(
                problems,
                cancelRatio >= 0 && cancelRatio <= 100,
                "cancel_ratio is " + cancelRatio + ": it must be 0 to 100 per cent");
        check(
                problems,
                finishOn == null || finishOn >= -1,
                "finish_on is " + finishOn + ": it must be -1 (all), 0 (never) or a number of calls");
        check(
                problems,
                finishOn == null || finishOn != 0 || !backoff.isZero(),
                "finish_on is 0 and backoff_sec is 0: finished numbers would be called again without a pause");
        check(
                problems,
                zone != null || schedule.equals(Schedule.ALWAYS) && startsAt == null,
                "i_schedule or datetime_start is set, but no zone: set the campaign's timezone or callout.timezone");
        check(
                problems,
                destinationList == null || isListName(destinationList),
                "destination_list must be a table's name of at most 64 letters, digits and _");
        check(
                problems,
                SafeText.orNull(password) == null || SafeText.orNull(username) != null,
                "md5secret is set, but username is not");
        return List.copyOf(problems);
    }

    /** What works, but perhaps not as was meant; each sentence names the column. No password is in it. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (password != null && MD5.matcher(password.strip()).matches()) {
            warnings.add(
                    "md5secret has 32 hexadecimal digits: it is sent as the password it is said to be, an MD5 hash would"
                            + " not do");
        }
        if (headerName != null && headerValue != null && !headerName.strip().startsWith("sip_h_")) {
            warnings.add("add_custom_header_name is " + Printable.of(headerName.strip()) + ": the variable sip_h_"
                    + Printable.of(headerName.strip()) + " is set, which FreeSWITCH makes a header of that name of");
        }
        return warnings;
    }

    /**
     * Whether calls may start at this instant: {@code datetime_start} has come, and the schedule is open. Never if the zone
     * that they need is missing.
     */
    public boolean open(Instant now) {
        if (zone == null) {
            return schedule.equals(Schedule.ALWAYS) && startsAt == null;
        }
        return !now.isBefore(notBefore(now)) && schedule.open(now, zone);
    }

    /** The first instant, not before {@code now}, at which {@link #open(Instant)} holds; empty if there is none. */
    public Optional<Instant> nextOpening(Instant now) {
        if (zone == null) {
            return open(now) ? Optional.of(now) : Optional.empty();
        }
        return schedule.nextOpening(notBefore(now), zone);
    }

    /** {@code now}, or {@code datetime_start} if that is later; by the earlier offset where clocks are put back over it. */
    private Instant notBefore(Instant now) {
        if (startsAt == null) {
            return now;
        }
        Instant start = startsAt.atZone(zone).toInstant();
        return start.isAfter(now) ? start : now;
    }

    /** Whether it never ends: {@code finish_on} is 0, and numbers that are finished come again. */
    public boolean endless() {
        return finishOn != null && finishOn == 0;
    }

    private static void check(List<String> problems, boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** For logs: no password, no caller id. */
    @Override
    public String toString() {
        return "Campaign[id=" + id + ", name=" + name + ", paused=" + paused + ", username=" + username
                + ", password=" + (password == null ? "none" : "***") + ", schedule=" + schedule + ", zone=" + zone
                + ", maxConcurrentCalls=" + maxConcurrentCalls + ", maxAttempts=" + maxAttempts
                + ", originateTimeout=" + originateTimeout + ", backoff=" + backoff + ", threshold=" + threshold
                + ", promptFile=" + promptFile + ", gateway=" + gateway + ", timeBetweenCalls=" + timeBetweenCalls
                + ", duration=" + duration + ", cancelRatio=" + cancelRatio + ", destinationList=" + destinationList
                + ", codecList=" + codecList + ", strategy=" + strategy + ", application=" + application
                + ", transferTo=" + transferTo + ", finishOn=" + finishOn + ", startsAt=" + startsAt + ", retries="
                + retries
                + ", readProblems=" + readProblems + "]";
    }

    /** For a campaign of the defaults, to be changed. */
    public static CampaignBuilder builder() {
        return new CampaignBuilder();
    }
}
