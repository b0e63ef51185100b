package dev.callout.store.preview;

import dev.callout.campaign.rules.CallingRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts numbers by their outlook, and what it costs that a telephone may be in several time zones. */
public final class PreviewCount {

    /** So many reasons of one kind are counted by themselves; the rest are counted together. */
    private static final int MOST_REASONS = 50;
    /** So many sets of time zones are counted by themselves. */
    private static final int MOST_PLACES = 100;

    private static final String OTHER = "other reasons";
    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final CallingRules rules;
    private final Instant at;
    private final Map<Outlook, Group> groups = new EnumMap<>(Outlook.class);
    private final Map<Object, Zones> zones = new HashMap<>();

    /** Numbers of one outlook. */
    private static final class Group {
        private long numbers;
        private Instant first;
        private final Map<String, Group> reasons = new LinkedHashMap<>();

        private void add(Instant from) {
            numbers++;
            if (from != null && (first == null || from.isBefore(first))) {
                first = from;
            }
        }

        private Map<String, Object> members(String name, String word) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put(name, word);
            members.put("numbers", numbers);
            members.put("first", first == null ? null : first.toString());
            return members;
        }
    }

    /** Numbers that may be in the same several zones. */
    private static final class Zones {
        private final String callingCode;
        private final int count;
        private final long openMinutes;
        private long numbers;

        private Zones(String callingCode, int count, long openMinutes) {
            this.callingCode = callingCode;
            this.count = count;
            this.openMinutes = openMinutes;
        }
    }

    /**
     * @param rules the calling rules that bind the campaign
     * @param at    the instant at which it would dial
     */
    public PreviewCount(CallingRules rules, Instant at) {
        this.rules = rules;
        this.at = at;
    }

    /** Counts a number. */
    public void add(Previewed number) {
        Group group = groups.computeIfAbsent(number.outlook(), one -> new Group());
        group.add(number.from());
        if (number.reason() != null) {
            String reason = group.reasons.containsKey(number.reason()) || group.reasons.size() < MOST_REASONS
                    ? number.reason()
                    : OTHER;
            group.reasons.computeIfAbsent(reason, one -> new Group()).add(number.from());
        }
        if (number.place() != null && number.place().zones().size() > 1) {
            Zones known = zones.get(number.place());
            if (known == null && zones.size() < MOST_PLACES) {
                known = new Zones(
                        number.place().callingCode(), number.place().zones().size(), openMinutes(number.telephone()));
                zones.put(number.place(), known);
            }
            if (known != null) {
                known.numbers++;
            }
        }
    }

    /** Returns how many minutes of the 24 hours from then on the rules' schedules are open in all zones. */
    private long openMinutes(String telephone) {
        long minutes = 0;
        for (Instant minute = at; minute.isBefore(at.plus(DAY)); minute = minute.plus(STEP)) {
            minutes += rules.judgeHours(telephone, null, minute).allowed() ? 1 : 0;
        }
        return minutes;
    }

    /** Returns the outlooks that any number has: {@code group}, {@code numbers}, {@code first} and {@code reasons}. */
    public List<Map<String, Object>> groups() {
        List<Map<String, Object>> shown = new ArrayList<>();
        groups.forEach((outlook, group) -> {
            Map<String, Object> members = group.members("group", outlook.word());
            members.put(
                    "reasons",
                    group.reasons.entrySet().stream()
                            .sorted(Comparator.comparingLong(reason -> -reason.getValue().numbers))
                            .map(reason -> reason.getValue().members("reason", reason.getKey()))
                            .toList());
            shown.add(members);
        });
        return shown;
    }

    /** Returns what several time zones cost: {@code calling_code}, {@code zones}, {@code numbers}, {@code minutes_a_day}. */
    public List<Map<String, Object>> severalZones() {
        return zones.values().stream()
                .sorted(Comparator.comparingLong(one -> -one.numbers))
                .map(one -> {
                    Map<String, Object> members = new LinkedHashMap<>();
                    members.put("calling_code", one.callingCode);
                    members.put("zones", one.count);
                    members.put("numbers", one.numbers);
                    members.put("minutes_a_day", one.openMinutes);
                    return members;
                })
                .toList();
    }
}
