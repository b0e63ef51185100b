package dev.callout.campaign.rules;

import dev.callout.campaign.Printable;
import dev.callout.campaign.Schedule;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All calling rules that there are, as they were last read, for campaigns to name. Thread-safe. */
public final class RuleBook {

    /** Knows no rule: a campaign that names one must not dial. */
    public static final RuleBook EMPTY = new RuleBook(List.of());

    /** Schedules of campaigns change rarely, and only these make a new combination. */
    private static final int MOST_REMEMBERED = 1_000;

    private final List<Entry> entries;
    private final Map<Binding, CallingRules> bound = new ConcurrentHashMap<>();

    /**
     * A rule.
     *
     * @param problems why it cannot be used, a sentence each, with its row; none if nothing is wrong
     */
    public record Entry(CallingRule rule, List<String> problems) {

        /** Copies the problems. */
        public Entry {
            problems = List.copyOf(problems);
        }
    }

    private record Binding(List<String> names, Schedule ownSchedule, ZoneId campaignZone) {}

    /** @param entries the rules */
    public RuleBook(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Returns a book of rules of which only the names are known: enough to tell whether a campaign names them rightly. */
    public static RuleBook ofNames(Collection<String> names) {
        return new RuleBook(names.stream()
                .map(name -> new Entry(new CallingRule(name, "", null, List.of(), null, null, false, false), List.of()))
                .toList());
    }

    /** Returns all rules. */
    public List<Entry> entries() {
        return entries;
    }

    /** Returns why a campaign that is bound by the rules of these names must not dial, a sentence each. */
    public List<String> problems(List<String> names) {
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            List<Entry> named = named(name);
            if (named.isEmpty()) {
                problems.add("there is no calling rule '" + Printable.of(name) + "': add it, or leave the name out");
            }
            named.forEach(entry -> problems.addAll(entry.problems()));
        }
        return problems;
    }

    /**
     * Returns what binds a campaign. If a rule does not exist or cannot be used, nobody may be called.
     *
     * @param names        the names of the rules
     * @param ownSchedule  as for {@link CallingRules}
     * @param campaignZone as for {@link CallingRules}
     */
    public CallingRules binding(List<String> names, Schedule ownSchedule, ZoneId campaignZone) {
        if (names.isEmpty() && ownSchedule == null) {
            return CallingRules.NONE;
        }
        if (bound.size() > MOST_REMEMBERED) {
            bound.clear();
        }
        return bound.computeIfAbsent(new Binding(List.copyOf(names), ownSchedule, campaignZone), this::bind);
    }

    private CallingRules bind(Binding binding) {
        List<String> problems = problems(binding.names());
        return problems.isEmpty()
                ? new CallingRules(
                        binding.names().stream()
                                .flatMap(name -> named(name).stream())
                                .map(Entry::rule)
                                .distinct()
                                .toList(),
                        binding.ownSchedule(),
                        binding.campaignZone())
                : CallingRules.refusing(String.join("; ", problems));
    }

    private List<Entry> named(String name) {
        return entries.stream()
                .filter(entry -> entry.rule().name().equalsIgnoreCase(name))
                .toList();
    }
}
