package dev.callout.dialler.attempt;

import dev.callout.store.sql.DatabaseFault;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Divides a batch that the database did not accept, so that it accepts as much as possible. */
public final class Divided {

    private Divided() {}

    /**
     * The parts of a batch that are worth writing separately. If the database refuses something in the batch, each
     * element is a part. If something is locked, each campaign is a part: somebody may hold a campaign's row, and every
     * part of that campaign waits a second for it.
     *
     * @return one part if dividing makes no difference
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
