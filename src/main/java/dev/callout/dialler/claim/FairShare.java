package dev.callout.dialler.claim;

import java.util.List;

/** Divides what the switches can take among the campaigns that need it. */
final class FairShare {

    private FairShare() {}

    /**
     * Gives every campaign the same share, and gives what one campaign does not need to the others.
     *
     * @param capacity how many originates there are to divide, 0 or more
     * @param wanted   how many each campaign could use, 0 or more each
     * @param first    which campaign comes first for what cannot be divided evenly: an index into {@code wanted}, taken
     *                 modulo its size
     * @return how many each campaign gets: never more than it wants, and together never more than the capacity
     */
    static int[] divide(int capacity, List<Integer> wanted, int first) {
        int campaigns = wanted.size();
        int[] shares = new int[campaigns];
        int begin = campaigns == 0 ? 0 : Math.floorMod(first, campaigns);
        int left = capacity;
        boolean given = true;
        while (left > 0 && given) {
            given = false;
            int hungry = 0;
            for (int i = 0; i < campaigns; i++) {
                hungry += shares[i] < wanted.get(i) ? 1 : 0;
            }
            int each = Math.max(1, left / Math.max(1, hungry));
            for (int turn = 0; turn < campaigns && left > 0; turn++) {
                int i = (begin + turn) % campaigns;
                int share = Math.min(Math.min(each, wanted.get(i) - shares[i]), left);
                if (share > 0) {
                    shares[i] += share;
                    left -= share;
                    given = true;
                }
            }
        }
        return shares;
    }
}
