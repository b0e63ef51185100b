package dev.callout.check;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.gateway.Gateway;
import dev.callout.campaign.gateway.WaysOut;
import dev.callout.check.Finding.Result;
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
import java.util.stream.Stream;

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
    private final SoundInspection sounds;
    private final WaysOut waysOut;
    private final int nodes;
    private final InstantSource machine;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<SwitchSettings, SwitchAnswer> answers = new LinkedHashMap<>();

    /** Both answers of one switch. */
    private record Opinions(CompletableFuture<SwitchAnswer> ours, CompletableFuture<String> theirs) {}

    /**
     * @param campaigns campaigns without a problem of their own
     * @param waysOut   the gateways that they may use
     * @param running   names of the running nodes
     */
    SwitchInspection(
            Settings settings, List<Campaign> campaigns, WaysOut waysOut, Set<String> running, InstantSource machine) {
        this.settings = settings;
        this.campaigns = campaigns;
        this.sounds = new SoundInspection(campaigns);
        this.waysOut = waysOut;
        Set<String> all = new TreeSet<>(running);
        all.add(settings.node().name());
        this.nodes = all.size();
        this.machine = machine;
    }

    List<Finding> findings() {
        Set<String> gateways = new TreeSet<>(Stream.concat(
                        campaigns.stream().flatMap(this::gatewaysOf).filter(Objects::nonNull),
                        waysOut.gateways().values().stream()
                                .filter(Gateway::isUsable)
                                .map(Gateway::name))
                .toList());
        Map<SwitchSettings, Opinions> asked = new LinkedHashMap<>();
        List<String> questions = SwitchAnswer.questions(
                gateways, sounds, !signing(settings.switches()).isEmpty());
        settings.switches().forEach(one -> asked.put(one, ask(one, questions)));
        asked.forEach(this::judge);
        lookAtNames();
        answers.forEach((one, answer) -> {
            lookAtLimits(one, answer);
            String why = "otherwise its call records and Callout's do not agree";
            findings.add(Clocks.compare("clock of switch " + one.name(), answer.ahead(), null, why));
        });
        lookAtLines();
        answers.forEach((one, answer) -> {
            gateways.stream()
                    .filter(gateway -> waysOut.gateway(gateway).isOn(one.name()))
                    .forEach(gateway -> lookAtGateway(one.name(), answer, gateway));
            lookAtProfile(one.name(), answer);
            lookAtSigning(one, answer);
            findings.addAll(sounds.findings(one.name(), answer));
        });
        return findings;
    }

    private Opinions ask(SwitchSettings one, List<String> questions) {
        return new Opinions(
                new OwnWire(group, threads, PATIENCE, machine)
                        .ask(one, questions)
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
        if (ours != null) {
            findings.add(
                    theirs == null
                            ? Finding.fail(
                                    subject,
                                    ours + "; but esl-client gets an answer at " + address + " from "
                                            + opinions.theirs().join(),
                                    "the switch is there, so the fault is likely in Callout's own protocol code: report"
                                            + " it, with the log of dev.callout.esl at DEBUG")
                            : Finding.fail(
                                    subject,
                                    address + ": " + ours + "; esl-client: " + theirs,
                                    "the fault is the switch or the network: check that FreeSWITCH runs with"
                                            + " mod_event_socket, and that " + key
                                            + ".host, .port and .password match its event_socket.conf.xml"));
            return;
        }
        SwitchAnswer answer = opinions.ours().join();
        answers.put(one, answer);
        String text = answer.version() + " at " + address + " answers Callout's own protocol code";
        findings.add(
                theirs == null
                        ? Finding.ok(subject, text + ", and esl-client")
                        : Finding.warn(
                                subject,
                                text + ", which makes the calls, but not esl-client: " + theirs,
                                "if this happens again, look in the switch's log for refused connections"));
        if (answer.isSimulated()) {
            findings.add(Finding.warn(
                    subject,
                    "is Callout's simulated switch, which calls no telephone",
                    "to call telephones, name a FreeSWITCH in " + key + ".host and .port"));
        }
    }

    /** Checks whether several names stand for the same switch. */
    private void lookAtNames() {
        Map<String, Set<String>> names = new TreeMap<>();
        answers.forEach((one, answer) -> names.computeIfAbsent(answer.coreUuid(), core -> new TreeSet<>())
                .add(one.name()));
        names.forEach((core, same) -> {
            if (same.size() > 1) {
                findings.add(Finding.warn(
                        "switches " + String.join(", ", same),
                        "are one FreeSWITCH with Core-UUID " + core + ": it gets the calls per second of each name",
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
        String key = "callout.switch." + one.name() + ".calls-per-second";
        if (answer.isPaused()) {
            findings.add(Finding.fail(
                    subject, "it is paused and refuses every call", "run fs_cli -x 'fsctl resume outbound'"));
            return;
        }
        if (answer.sessionsPerSecond().isEmpty()) {
            findings.add(Finding.warn(
                    subject,
                    "its answer to 'status' does not show them",
                    "compare " + key + " with sessions-per-second of its switch.conf.xml"));
            return;
        }
        int limit = answer.sessionsPerSecond().get();
        List<SwitchSettings> same = answers.keySet().stream()
                .filter(other -> answers.get(other).coreUuid().equals(answer.coreUuid()))
                .toList();
        double rate = same.stream().mapToDouble(SwitchSettings::callsPerSecond).sum();
        double fit = Math.floor(limit * FIT_SHARE / same.size() * 10) / 10;
        String text = number(rate) + " calls per second wanted"
                + (same.size() == 1 ? "" : " by " + same.size() + " names of the switch")
                + (nodes == 1
                        ? ""
                        : " by all " + nodes + " nodes together (each takes its share, so it must not be divided)")
                + ", sessions-per-second is " + limit + ", which admits " + (limit - 1);
        findings.add(Finding.okIf(
                rate <= limit * FIT_SHARE,
                Result.WARN,
                subject,
                text,
                "lower " + key + " to " + number(fit)
                        + " on each node, or raise sessions-per-second in the switch's switch.conf.xml"));
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
        String text = "campaigns that are not paused may have " + wanted
                + " calls up at once, max-sessions of the switches "
                + answers.keySet().stream().map(SwitchSettings::name).collect(Collectors.joining(", ")) + " is " + room;
        String remedy = "lower max_concurrent_calls, or raise max-sessions in switch.conf.xml";
        findings.add(Finding.okIf(wanted <= room, Result.WARN, "lines", text, remedy));
    }

    /** The names of the gateways that its calls may leave by; null stands for the proxy. */
    private Stream<String> gatewaysOf(Campaign campaign) {
        return waysOut.of(campaign).stream().filter(Gateway::isUsable).map(Gateway::name);
    }

    private void lookAtGateway(String switchName, SwitchAnswer answer, String gateway) {
        Optional<String> status = answer.gatewayStatus(gateway);
        add(
                status.orElse("").startsWith("UP"),
                campaigns.stream().filter(campaign -> gatewaysOf(campaign).anyMatch(gateway::equals)),
                "gateway " + gateway + " on " + switchName,
                status.map(one -> one + ", " + answer.gatewayState(gateway).orElse("?"))
                        .orElse("the switch has no such gateway"),
                status.isEmpty()
                        ? "write it in profile_gateway as PROFILE/NAME of a file in sip_profiles/; fs_cli -x 'sofia"
                                + " profile PROFILE rescan' loads a new one"
                        : "check that the carrier can be reached and accepts the gateway's user name and password:"
                                + " fs_cli -x 'sofia status gateway " + gateway.replace("/", "::") + "'");
    }

    /** The gateways of these switches that calls are to be signed for. */
    private List<String> signing(Collection<SwitchSettings> switches) {
        return waysOut.gateways().values().stream()
                .filter(one -> one.isUsable() && one.identity().attest() != null)
                .filter(one -> switches.stream().map(SwitchSettings::name).anyMatch(one::isOn))
                .map(Gateway::name)
                .sorted()
                .toList();
    }

    private void lookAtSigning(SwitchSettings one, SwitchAnswer answer) {
        List<String> names = signing(List.of(one));
        if (!names.isEmpty() && !answer.namesSigningKey()) {
            findings.add(Finding.warn(
                    "STIR/SHAKEN on " + one.name(),
                    "the switch signs no calls, since its sofia.conf has no stir-shaken-as-key and stir-shaken-as-url, but"
                            + " column attest is set for " + String.join(", ", names),
                    "set both, on a FreeSWITCH that is built with libstirshaken, or set attest to NULL:"
                            + " docs/gateways.md, Identity"));
        }
    }

    /** Checks the SIP profile by which the calls of campaigns without a gateway leave. */
    private void lookAtProfile(String switchName, SwitchAnswer answer) {
        String profile = settings.calls().dial().sipProfile();
        List<Campaign> users = campaigns.stream()
                .filter(campaign -> gatewaysOf(campaign).anyMatch(Objects::isNull))
                .toList();
        if (!users.isEmpty()) {
            boolean runs = answer.runsProfile(profile);
            add(
                    runs,
                    users.stream(),
                    "profile " + profile + " on " + switchName,
                    runs ? "runs" : "does not run",
                    "set callout.sip-profile to one that 'sofia status' shows as RUNNING");
        }
    }

    /** Adds a finding about what campaigns use: FAIL if it is not good and one of them is not paused. */
    private void add(boolean good, Stream<Campaign> users, String subject, String text, String remedy) {
        List<Campaign> all = users.toList();
        boolean used = all.stream().anyMatch(campaign -> !campaign.paused());
        findings.add(Finding.okIf(
                good,
                used ? Result.FAIL : Result.WARN,
                subject,
                good || used
                        ? text
                        : text + (all.isEmpty() ? "; no campaign uses it" : "; only paused campaigns use it"),
                remedy));
    }

    @Override
    public void close() {
        // In this order, because what still arrives on a connection is passed to the threads.
        group.shutdownGracefully(0, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(PATIENCE.toMillis());
        threads.shutdownNow();
    }
}
