package dev.callout.dialler.claim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Divides what the switches can take among the campaigns that need it, by their weights. What a campaign does not need
 * goes to the others. A campaign of weight 0 gets what those with a weight leave. What cannot be divided goes to one
 * campaign after the other, so that over time each gets its exact share. Used by one thread.
 */
final class FairShare {

    /**
     * How far a campaign may be ahead of its share, or behind it, in originates times divisions, for each originate that
     * there is to divide: a number is ahead for about as many divisions.
     */
    private static final int MOST_OWED = 2;

    /** The same with nothing to divide. */
    private static final int LEAST_OWED = 8;

    /** What each campaign is owed of what could not be divided; negative: what it had beyond its share. */
    private final Map<Long, Double> owed = new HashMap<>();

    /**
     * A campaign that may dial.
     *
     * @param campaign {@code i_campaign}
     * @param weight   its share in proportion to the others', 0 or more
     * @param ahead    how many of its numbers are already part of what is divided, 0 or more
     * @param wanted   how many further numbers it could use, 0 or more
     */
    record Sharer(long campaign, int weight, int ahead, int wanted) {

        private long all() {
            return (long) ahead + wanted;
        }

        private long weightAmongEquals() {
            return Math.max(1, weight);
        }
    }

    /**
     * Divides.
     *
     * @param capacity how many originates there are to divide, those ahead included; 0 or more
     * @param sharers  each campaign once
     * @return how many further numbers each may have. A campaign that has more ahead than its share gets none, and
     *         takes nothing from the others
     */
    int[] divide(int capacity, List<Sharer> sharers) {
        owed.keySet().retainAll(sharers.stream().map(Sharer::campaign).collect(Collectors.toSet()));
        long[] shares = new long[sharers.size()];
        long left = fill(capacity, of(sharers, true), sharers, shares);
        fill(left, of(sharers, false), sharers, shares);
        return IntStream.range(0, shares.length)
                .map(i -> (int) Math.max(0, shares[i] - sharers.get(i).ahead()))
                .toArray();
    }

    private static List<Integer> of(List<Sharer> sharers, boolean weighted) {
        return IntStream.range(0, sharers.size())
                .filter(i -> sharers.get(i).weight() > 0 == weighted)
                .boxed()
                .toList();
    }

    /**
     * Divides among some of the sharers.
     *
     * @param among  their indices
     * @param shares where their shares are set
     * @return what they leave
     */
    private long fill(long capacity, List<Integer> among, List<Sharer> sharers, long[] shares) {
        List<Integer> leastFirst = new ArrayList<>(among);
        leastFirst.sort(Comparator.comparingDouble(
                (Integer i) -> (double) sharers.get(i).all() / sharers.get(i).weightAmongEquals()));
        long weights = among.stream()
                .mapToLong(i -> sharers.get(i).weightAmongEquals())
                .sum();
        long left = capacity;
        int satisfied = 0;
        for (int i : leastFirst) {
            Sharer sharer = sharers.get(i);
            if (sharer.all() * weights > left * sharer.weightAmongEquals()) {
                break;
            }
            shares[i] = sharer.all();
            left -= sharer.all();
            weights -= sharer.weightAmongEquals();
            owed.remove(sharer.campaign());
            satisfied++;
        }
        List<Integer> hungry = leastFirst.subList(satisfied, leastFirst.size()).stream()
                .sorted()
                .toList();
        long undivided = left;
        double most = LEAST_OWED + MOST_OWED * (double) left;
        for (int i : hungry) {
            Sharer sharer = sharers.get(i);
            shares[i] = left * sharer.weightAmongEquals() / weights;
            undivided -= shares[i];
            double part = (double) (left * sharer.weightAmongEquals() % weights) / weights;
            owed.merge(sharer.campaign(), part, (before, more) -> Math.min(most, before + more));
        }
        divideRest(undivided, most, hungry, sharers, shares);
        return hungry.isEmpty() ? left : 0;
    }

    /**
     * Gives the rest to those who are owed most, one each. Who has it ahead since an earlier division keeps it until
     * that number is on its way: otherwise more would be ahead than there is. But who keeps it for too long is stuck.
     */
    private void divideRest(long rest, double most, List<Integer> hungry, List<Sharer> sharers, long[] shares) {
        hungry.stream()
                .sorted(Comparator.comparing((Integer i) -> !keeps(sharers.get(i), shares[i], most))
                        .thenComparing(i -> -owed.get(sharers.get(i).campaign())))
                .limit(rest)
                .forEach(i -> {
                    shares[i]++;
                    owed.computeIfPresent(sharers.get(i).campaign(), (campaign, before) -> Math.max(-most, before - 1));
                });
    }

    private boolean keeps(Sharer sharer, long share, double most) {
        return sharer.ahead() > share && owed.get(sharer.campaign()) > 1 - most;
    }
}
