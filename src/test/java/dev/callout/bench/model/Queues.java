package dev.callout.bench.model;

/** What queueing theory says of one station. Times are seconds, rates are per second. */
public final class Queues {

    private Queues() {}

    /**
     * Returns how busy the servers of a station are, by the utilisation law: 1 means that they can do no more.
     *
     * @param rate    how much arrives
     * @param service how long one server takes for each
     * @param servers how many there are
     */
    public static double utilisation(double rate, double service, int servers) {
        return rate * service / servers;
    }

    /**
     * Returns the mean wait before one server, with random arrivals (Pollaczek and Khinchine).
     *
     * @param variation the variance of the service time over the square of its mean: 0 if all take equally long (M/D/1),
     *                  1 if they are exponential (M/M/1)
     * @return infinity if more arrives than can be done
     */
    public static double wait(double rate, double service, double variation) {
        double busy = utilisation(rate, service, 1);
        return busy >= 1 ? Double.POSITIVE_INFINITY : busy * service * (1 + variation) / 2 / (1 - busy);
    }

    /**
     * Returns the probability that an arrival has to wait before several servers, with random arrivals and exponential
     * service times (Erlang C).
     *
     * @param load rate times service time
     */
    public static double erlangC(double load, int servers) {
        if (load >= servers) {
            return 1;
        }
        // Erlang's loss formula, by its recursion, which does not overflow.
        double lost = 1;
        for (int i = 1; i <= servers; i++) {
            lost = load * lost / (i + load * lost);
        }
        return lost / (1 - load / servers * (1 - lost));
    }

    /**
     * Solves a closed network: customers think, then need some time of a station with several equal servers, and think
     * again (exact mean value analysis). A line of a campaign is a customer, its call is the thinking, and the station is the
     * processor.
     *
     * @param customers how many there are, 1 or more
     * @param think     the mean time between the end of one service and the next demand
     * @param demand    the mean time of one server that each needs
     * @param servers   how many there are, 1 or more
     */
    public static Closed closed(int customers, double think, double demand, int servers) {
        double[] busy = new double[servers];
        busy[0] = 1;
        double queue = 0;
        double throughput = 0;
        double response = demand;
        for (int n = 1; n <= customers; n++) {
            double spare = 0;
            for (int j = 0; j < servers - 1; j++) {
                spare += (servers - 1 - j) * busy[j];
            }
            // Rounding may make it a little faster than its servers are.
            response = Math.max(Math.max(demand, demand / servers * (1 + queue + spare)), n * demand / servers - think);
            throughput = n / (think + response);
            queue = throughput * response;
            double others = 0;
            for (int j = servers - 1; j >= 1; j--) {
                busy[j] = demand * throughput / j * busy[j - 1];
                others += (servers - j) * busy[j];
            }
            busy[0] = Math.max(0, 1 - (demand * throughput + others) / servers);
        }
        return new Closed(throughput, response, utilisation(throughput, demand, servers));
    }

    /**
     * A closed network in balance.
     *
     * @param throughput  services per second
     * @param response    the mean time at the station
     * @param utilisation how busy its servers are, 0 to 1
     */
    public record Closed(double throughput, double response, double utilisation) {}
}
