package dev.callout.lifecycle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;

/**
 * What each route is for, which routes are halted, and what must not be done meanwhile. A route is <em>intake</em> if
 * it begins something new. It is <em>keeping</em> if it completes what has begun, or answers requests. When the context
 * is suspended, keeping routes continue. Thread-safe.
 */
public final class Routes {

    /** The group with which users mark a route of their own as keeping. */
    static final String KEEPING_GROUP = "keeping";

    static final Set<String> INTAKE =
            Set.of("scan", "claim", "lists", "dial", "import", "audit", "telephones", "rules", "test-call");
    static final Set<String> KEEPING = Set.copyOf(
            words(
                    """
            lease halts clock stop-all switches sound-file
            calls retry status status-alone write-batch write-status unwritten overdue
            give-back left-behind pause recovery lines adopt export preview
            timetable timetable-watch timetable-due timetable-row timetable-tasks timetable-task timetable-left
            retention report partitions do-not-call hang-up end-call import-do-not-call
            call-again undo-import delete-campaign
            test-call-step lost-test-calls end-test-call webhook outbox outbox-level
            may-be-dialled choose-gateway dial-variables on-ringing on-answer on-end
            """));

    /** The routes that a number passes from its claim until its result is written. */
    private static final List<String> WAY_OF_A_NUMBER =
            words("claim dial calls retry status status-alone write-batch write-status give-back");

    private static final List<String> NEEDED_TO_DIAL =
            Stream.concat(Stream.of("lease", "scan"), WAY_OF_A_NUMBER.stream()).toList();

    private final CamelContext camelContext;
    private final InstantSource clock;
    private final Map<String, Instant> haltedAt = new ConcurrentHashMap<>();
    private final Set<String> stopping = ConcurrentHashMap.newKeySet();
    private final Set<String> replaced = ConcurrentHashMap.newKeySet();
    private volatile boolean ending;

    /**
     * @param camelContext the context with the routes; it need not have any yet
     * @param clock        gives the times of halts
     */
    public Routes(CamelContext camelContext, InstantSource clock) {
        this.camelContext = camelContext;
        this.clock = clock;
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    /** Whether the route is a built-in one that does more than answer requests. It may also be a user's copy of it. */
    static boolean isOurs(Route route) {
        return INTAKE.contains(route.getId()) || KEEPING.contains(route.getId());
    }

    /** Whether the route continues when the context is suspended. */
    static boolean isKeeping(Route route) {
        return KEEPING.contains(route.getId()) || route.isCreatedByRestDsl() || KEEPING_GROUP.equals(route.getGroup());
    }

    /** Whether a route is started, and not about to be stopped. A route that does not exist counts as started. */
    public boolean isStarted(String id) {
        ServiceStatus status = camelContext.getRouteController().getRouteStatus(id);
        return !stopping.contains(id) && !replaced.contains(id) && (status == null || status.isStarted());
    }

    /** Whether any route has a step of this id. A user's copy of a built-in route may lack one that a later version added. */
    public boolean hasStep(String id) {
        return camelContext.getProcessor(id) != null;
    }

    /**
     * All routes that are not started, by id. A user's route that does not start by itself is included only if it was
     * stopped.
     */
    public List<Halt> halts() {
        return camelContext.getRoutes().stream()
                .map(this::halt)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Halt::route))
                .toList();
    }

    /** The keeping routes among {@link #halts()}. */
    public List<Halt> haltsOfKeeping() {
        return halts().stream()
                .filter(one -> isKeeping(camelContext.getRoute(one.route())))
                .toList();
    }

    private Halt halt(Route route) {
        Instant since = haltedAt.get(route.getId());
        if (isStarted(route.getId()) || since == null && !Boolean.TRUE.equals(route.isAutoStartup())) {
            return null;
        }
        ServiceStatus status = camelContext.getRouteController().getRouteStatus(route.getId());
        return new Halt(route.getId(), status.isSuspended() || status.isSuspending() ? "suspended" : "stopped", since);
    }

    /**
     * Whether numbers may be claimed: every route that they pass until their ends are written is started. So while one
     * is halted, only those numbers gather before it that were already on their way.
     */
    public boolean mayClaim() {
        return !ending && WAY_OF_A_NUMBER.stream().allMatch(this::isStarted);
    }

    /**
     * The route that keeps numbers from being dialled. From the instant at which it was halted, no number is
     * originated.
     */
    public Optional<Halt> haltOfDialling() {
        return haltOf(List.of("claim", "dial"));
    }

    /** The route because of which campaigns are idle, sooner or later. */
    public Optional<Halt> haltOfCampaigns() {
        return haltOf(NEEDED_TO_DIAL);
    }

    private Optional<Halt> haltOf(List<String> ids) {
        return ids.stream()
                .filter(id -> !isStarted(id))
                .map(camelContext::getRoute)
                .filter(Objects::nonNull)
                .map(this::halt)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** A route is being suspended or stopped. */
    void halting(String id) {
        if (isStarted(id)) {
            haltedAt.put(id, clock.instant());
        }
    }

    /** A route is being stopped, which may take a while. */
    void stopping(String id) {
        halting(id);
        stopping.add(id);
    }

    /** The route has been stopped, or continues nevertheless. */
    void stoppingIsOver(String id) {
        stopping.remove(id);
    }

    /**
     * The replacement of a route by another with the same id begins or is over. The route counts as halted meanwhile.
     */
    void replacing(String id, boolean begins) {
        if (begins) {
            replaced.add(id);
        } else {
            replaced.remove(id);
        }
    }

    boolean isBeingReplaced(String id) {
        return replaced.contains(id);
    }

    /** Whether somebody has suspended or stopped the route at any time. */
    boolean wasHalted(String id) {
        return haltedAt.containsKey(id);
    }

    /** The whole node is being stopped: everything in flight ends, and nothing new begins. */
    void end() {
        ending = true;
    }

    boolean isEnding() {
        return ending;
    }
}
