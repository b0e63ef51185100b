package dev.callout.dialler.attempt;

import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Divides a batch that the database did not take, so that it takes what it can. */
public final class Divided {

    private Divided() {}

    /**
     * The parts of a batch that are worth writing by themselves: one of each if the database refuses something in it, one of
     * each campaign if somebody has locked something, since one may hold a campaign's row, for which every part of it waits a
     * second.
     *
     * @return one part if it makes no difference
     */
    public static <T> Collection<List<T>> after(SQLException fault, List<T> batch, Function<T, Attempt> attempt) {
        return switch (DatabaseFault.of(fault)) {
            case REFUSED -> batch.stream().map(List::of).toList();
            case LOCKED ->
                batch.stream()
                        .collect(Collectors.groupingBy(
                                one -> attempt.apply(one).campaign().id()))
                        .values();
            default -> List.of(batch);
        };
    }
}
