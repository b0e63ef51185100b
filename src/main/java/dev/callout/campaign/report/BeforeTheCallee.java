package dev.callout.campaign.report;

import dev.callout.campaign.outcome.CauseClass;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Ends of calls that nobody can have answered: network, gateway, settings or Callout itself ended them on their way, or
 * nobody saw their end. They are lists for the database, which counts by the rule of {@link CauseClass#of}.
 */
public final class BeforeTheCallee {

    private static final Set<CauseClass> CLASSES =
            EnumSet.of(CauseClass.ROUTE, CauseClass.CONFIG, CauseClass.OURS, CauseClass.LOST);

    private static final Map<String, Object> TERMS = terms();

    private BeforeTheCallee() {}

    private static Map<String, Object> terms() {
        Map<String, Object> terms = new HashMap<>();
        terms.put("lost", CauseClass.LOST_RESULT);
        terms.put("on_the_way", all(true, CauseClass::causes));
        terms.put("at_the_callee", all(false, CauseClass::causes));
        terms.put("cancelled", CauseClass.CANCELLED);
        terms.put("rejected", CauseClass.REJECTED);
        terms.put("rejected_by_carrier", List.copyOf(CauseClass.ROUTE.sipStatuses()));
        terms.put("sip_on_the_way", all(true, CauseClass::sipStatuses));
        terms.put("sip_at_the_callee", all(false, CauseClass::sipStatuses));
        terms.put("q850_on_the_way", all(true, CauseClass::q850Codes));
        return Map.copyOf(terms);
    }

    private static <T> List<T> all(boolean onTheWay, Function<CauseClass, Set<T>> of) {
        return Arrays.stream(CauseClass.values())
                .filter(one -> CLASSES.contains(one) == onTheWay)
                .flatMap(one -> of.apply(one).stream())
                .toList();
    }

    /** Returns the lists, by the names that they have in the statements of reports. */
    public static Map<String, Object> lists() {
        return TERMS;
    }
}
