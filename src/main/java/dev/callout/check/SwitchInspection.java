package dev.callout.check;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.dial.DialString;
import dev.callout.settings.Settings;
import dev.callout.settings.SwitchSettings;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Checks the switches, and the gateways that campaigns use. Callout's own protocol code and esl-client ask each switch
 * at the same time, so that a fault can be attributed to the switch or to Callout.
 */
final class SwitchInspection implements AutoCloseable {

    /** Limit for each of connecting, logging in and asking: as long as the dialler waits for a reply. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Limit for the whole answer, whatever the protocol code under test waits for. */
    private static final Duration OUTER_PATIENCE = Duration.ofSeconds(15);
    /** Share of sessions-per-second, which also counts inbound calls and second legs. */
    private static final double FIT_SHARE = 0.8;

    private final EventLoopGroup group = new NioEventLoopGroup(2, new DefaultThreadFactory("callout-check", true));
    private final ExecutorService threads =
            Executors.newCachedThreadPool(new DefaultThreadFactory("callout-check", true));
    private final Settings settings;
    private final List<Campaign> campaigns;
    private final int nodes;
    private final InstantSource machine;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, SwitchAnswer> answers = new LinkedHashMap<>();

    /** Both answers of one switch. */
    private record Opinions(CompletableFuture<SwitchAnswer> ours, CompletableFuture<String> theirs) {}

    /**
     * @param campaigns campaigns without a problem of their own
     * @param running   names of the running nodes
     */
    SwitchInspection(Settings settings, List<Campaign> campaigns, Set<String> running, InstantSource machine) {
        this.settings = settings;
        this.campaigns = campaigns;
        Set<String> all = new TreeSet<>(running);
        all.add(settings.claims().node());
        this.nodes = all.size();
        this.machine = machine;
    }

    List<Finding> findings() {
        Set<String> gateways = new TreeSet<>(campaigns.stream()
                .map(campaign -> campaign.wayOut().gateway())
                .filter(Objects::nonNull)
                .toList());
        Set<String> files = new TreeSet<>(campaigns.stream()
                .flatMap(one -> DialString.localFile(one).stream())
                .toList());
        Map<SwitchSettings, Opinions> asked = new LinkedHashMap<>();
        settings.switches().forEach(one -> asked.put(one, ask(one, gateways, files)));
        asked.forEach(this::judge);
        lookAtNames();
        asked.keySet().stream().filter(one -> answers.containsKey(one.name())).forEach(one -> {
            lookAtLimits(one, answers.get(one.name()));
            findings.add(Clocks.compare(
                    "clock of switch " + one.name(),
                    answers.get(one.name()).ahead(),
                    null,
                    "else its call records and Callout's do not agree"));
        });
        lookAtLines();
        answers.forEach((name, answer) -> {
            gateways.forEach(gateway -> lookAtGateway(name, answer, gateway));
            lookAtProfile(name, answer);
            files.stream().filter(answer::deniesFile).forEach(file -> lookAtFile(name, file));
        });
        return findings;
    }

    private Opinions ask(SwitchSettings one, Collection<String> gateways, Collection<String> files) {
        return new Opinions(
                new OwnWire(group, threads, PATIENCE, machine)
                        .ask(one, gateways, files)
                        .orTimeout(OUTER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS),
                new SecondOpinion(group, threads, PATIENCE)
                        .ask(one)
                        .orTimeout(OUTER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void judge(SwitchSettings one, Opinions opinions) {
        String ours = fault(opinions.ours());
        String theirs = fault(opinions.theirs());
        String subject = "switch " + one.name();
        String address = one.host() + ":" + one.port();
        String key = "callout.switch." + one.name();
        if (ours == null && theirs == null) {
            findings.add(Finding.ok(
                    subject,
                    opinions.theirs().join() + " at " + address
                            + " answers Callout's own protocol code, and esl-client"));
        } else if (ours == null) {
            findings.add(Finding.warn(
                    subject,
                    opinions.ours().join().version() + " at " + address + " answers Callout's own"
                            + " protocol code, by which calls are made, but not esl-client: " + theirs,
                    "if it comes again, look at the switch's log for refused connections"));
        } else if (theirs == null) {
            findings.add(Finding.fail(
                    subject,
                    ours + "; but esl-client is answered at " + address + " by "
                            + opinions.theirs().join(),
                    "the switch is there, so the fault is likely Callout's own protocol code: report it, with the log of"
                            + " dev.callout.esl at DEBUG"));
        } else {
            findings.add(Finding.fail(
                    subject,
                    address + ": " + ours + "; esl-client: " + theirs,
                    "it is the switch or the way to it: see that FreeSWITCH runs with mod_event_socket, and that " + key
                            + ".host, .port and .password are as in its event_socket.conf.xml"));
        }
        if (ours == null) {
            answers.put(one.name(), opinions.ours().join());
            if (opinions.ours().join().isSimulated()) {
                findings.add(Finding.warn(
                        subject,
                        "is Callout's simulated switch, which rings nobody",
                        "for calls to telephones name a FreeSWITCH in " + key + ".host and .port"));
            }
        }
    }

    /** Checks whether several names stand for the same switch. */
    private void lookAtNames() {
        Map<String, Set<String>> names = new TreeMap<>();
        answers.forEach((name, answer) -> names.computeIfAbsent(answer.coreUuid(), core -> new TreeSet<>())
                .add(name));
        names.forEach((core, same) -> {
            if (same.size() > 1) {
                findings.add(Finding.warn(
                        "switches " + String.join(", ", same),
                        "are one FreeSWITCH, whose Core-UUID is " + core + ": it is given the calls a second of each",
                        "leave one of them in callout.switches"));
            }
        });
    }

    /** Waits for the outcome. Returns why there is no answer; null if there is one. */
    private static String fault(CompletableFuture<?> answer) {
        try {
            answer.join();
            return null;
        } catch (CompletionException e) {
            return e.getCause() instanceof TimeoutException
                    ? "no answer within " + OUTER_PATIENCE.toSeconds() + " s"
                    : e.getCause().getMessage();
        }
    }

    private void lookAtLimits(SwitchSettings one, SwitchAnswer answer) {
        String subject = "limits of switch " + one.name();
        if (answer.isPaused()) {
            findings.add(Finding.fail(
                    subject, "it is paused and refuses every call of ours", "fs_cli -x 'fsctl resume outbound'"));
            return;
        }
        Optional<Integer> limit = answer.sessionsPerSecond();
        if (limit.isEmpty()) {
            findings.add(Finding.warn(
                    subject,
                    "its answer to 'status' does not tell them",
                    "compare callout.switch." + one.name()
                            + ".calls-per-second with sessions-per-second of its switch.conf.xml"));
            return;
        }
        List<SwitchSettings> same = settings.switches().stream()
                .filter(other -> answers.containsKey(other.name())
                        && answers.get(other.name()).coreUuid().equals(answer.coreUuid()))
                .toList();
        double rate = same.stream().mapToDouble(SwitchSettings::callsPerSecond).sum();
        double wanted = rate * nodes;
        String text = number(wanted) + " calls a second wanted (" + number(rate)
                + (same.size() == 1 ? "" : " by " + same.size() + " names of the switch")
                + (nodes == 1 ? "" : " by each of " + nodes + " nodes") + "), sessions-per-second is " + limit.get()
                + ", which admits " + (limit.get() - 1);
        findings.add(
                wanted <= limit.get() * FIT_SHARE
                        ? Finding.ok(subject, text)
                        : Finding.warn(
                                subject,
                                text,
                                "lower callout.switch." + one.name() + ".calls-per-second to "
                                        + number(Math.floor(limit.get() * FIT_SHARE / nodes / same.size() * 10) / 10)
                                        + " on each node, or"
                                        + " raise sessions-per-second in the switch's switch.conf.xml"));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /**
     * Checks whether the switches that answer have room for all lines that campaigns may use at once, if all of them
     * show their limit.
     */
    private void lookAtLines() {
        if (answers.isEmpty()
                || answers.values().stream()
                        .anyMatch(answer -> answer.mostSessions().isEmpty())) {
            return;
        }
        long wanted = campaigns.stream()
                .filter(campaign -> !campaign.paused())
                .mapToLong(campaign -> campaign.pacing().maxConcurrentCalls())
                .sum();
        Map<String, Integer> rooms = new TreeMap<>();
        answers.values()
                .forEach(answer ->
                        rooms.put(answer.coreUuid(), answer.mostSessions().get()));
        long room = rooms.values().stream().mapToLong(Integer::longValue).sum();
        String text =
                "campaigns that are not paused may have " + wanted + " calls up at once, max-sessions of the switches "
                        + String.join(", ", answers.keySet()) + " is " + room;
        findings.add(
                wanted <= room
                        ? Finding.ok("lines", text)
                        : Finding.warn(
                                "lines", text, "lower max_concurrent_calls, or raise max-sessions in switch.conf.xml"));
    }

    private void lookAtGateway(String switchName, SwitchAnswer answer, String gateway) {
        String subject = "gateway " + gateway + " on " + switchName;
        Optional<String> status = answer.gatewayStatus(gateway);
        String state = answer.gatewayState(gateway).orElse("?");
        boolean dialled = campaigns.stream()
                .anyMatch(campaign -> gateway.equals(campaign.wayOut().gateway()) && !campaign.paused());
        if (status.isEmpty()) {
            findings.add(
                    bad(
                            dialled,
                            subject,
                            "the switch has no such gateway",
                            "name it in profile_gateway as a file of"
                                    + " sip_profiles/ does, profile first; fs_cli -x 'sofia profile PROFILE rescan' loads a new one"));
        } else if (status.get().startsWith("UP")) {
            findings.add(Finding.ok(subject, status.get() + ", " + state));
        } else {
            findings.add(bad(
                    dialled,
                    subject,
                    status.get() + ", " + state,
                    "see that the carrier can be reached and takes the"
                            + " gateway's user name and password: fs_cli -x 'sofia status gateway "
                            + gateway.replace("/", "::") + "'"));
        }
    }

    private void lookAtFile(String switchName, String file) {
        findings.add(Finding.warn(
                "file " + file + " on " + switchName,
                "the switch does not have it, or may not read its folder;"
                        + " it is played to callees of "
                        + campaigns.stream()
                                .filter(one -> DialString.localFile(one)
                                        .filter(file::equals)
                                        .isPresent())
                                .map(Campaign::name)
                                .collect(Collectors.joining(", "))
                        + ", who would be hung up on at once",
                "put the file there, readable by the user that FreeSWITCH runs as"));
    }

    /** Checks the SIP profile that calls of campaigns without a gateway leave by. */
    private void lookAtProfile(String switchName, SwitchAnswer answer) {
        List<Campaign> without = campaigns.stream()
                .filter(campaign -> campaign.wayOut().gateway() == null)
                .toList();
        if (without.isEmpty()) {
            return;
        }
        String profile = settings.calls().sipProfile();
        String subject = "profile " + profile + " on " + switchName;
        findings.add(
                answer.runsProfile(profile)
                        ? Finding.ok(subject, "runs")
                        : bad(
                                without.stream().anyMatch(campaign -> !campaign.paused()),
                                subject,
                                "does not run",
                                "set callout.sip-profile to one that 'sofia status' shows as RUNNING"));
    }

    private static Finding bad(boolean dialled, String subject, String text, String remedy) {
        return dialled
                ? Finding.fail(subject, text, remedy)
                : Finding.warn(subject, text + "; only paused campaigns use it", remedy);
    }

    @Override
    public void close() {
        // In this order, because what still arrives on a connection is passed to the threads.
        group.shutdownGracefully(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(PATIENCE.toMillis());
        threads.shutdownNow();
    }
}
