package dev.callout.cli.demo;

import dev.callout.cli.output.SummaryTable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A number of the sample campaign after it has been dialled.
 *
 * @param cld       the number
 * @param status    its last status
 * @param finished  whether it is not called again
 * @param callCount how many attempts were charged
 * @param cause     cause of the last hang-up; null if there was none
 */
public record DialledNumber(String cld, String status, boolean finished, int callCount, String cause) {

    /** Returns how many numbers ended in which way, the most frequent first. */
    public static SummaryTable summary(List<DialledNumber> numbers) {
        SummaryTable table = new SummaryTable("status", "last hang-up cause", "numbers", "calls");
        Map<List<String>, List<DialledNumber>> byEnd = numbers.stream()
                .collect(Collectors.groupingBy(
                        number -> List.of(number.status(), String.valueOf(number.cause())),
                        () -> new TreeMap<>(Comparator.comparing(List<String>::toString)),
                        Collectors.toList()));
        byEnd.entrySet().stream()
                .sorted(Comparator.comparing(end -> -end.getValue().size()))
                .forEach(end -> table.row(
                        end.getKey().get(0),
                        end.getKey().get(1),
                        end.getValue().size(),
                        end.getValue().stream()
                                .mapToInt(DialledNumber::callCount)
                                .sum()));
        return table.row(
                "in all",
                "",
                numbers.size(),
                numbers.stream().mapToInt(DialledNumber::callCount).sum());
    }
}
