package dev.callout.cli;

import dev.callout.cli.output.Printout;
import dev.callout.simulator.SimulatedSwitch;
import dev.callout.simulator.SimulatorSettings;
import dev.callout.simulator.callee.Callee;
import dev.callout.simulator.callee.CalleeMix;
import dev.callout.simulator.callee.CalleeTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the simulated switch as a process of its own. */
@Command(
        name = "switch",
        sortOptions = false,
        description = "Runs a simulated FreeSWITCH that speaks ESL, until it is stopped.",
        footer = {
            "",
            "Without --answer-rate the last two digits of a number say what its callee does:",
            CalleeTable.TABLE
        })
final class SwitchCommand implements Callable<Integer> {

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "address to listen on (default: ${DEFAULT-VALUE})")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "8021",
            description = "port to listen on, 0 for any free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--password",
            defaultValue = "ClueCon",
            description = "password of the clients (default: FreeSWITCH's own)")
    private String password;

    @Option(
            names = "--gateway",
            paramLabel = "NAME",
            description = "a gateway that is up; repeatable (default: every name is one)")
    private List<String> gateways = List.of();

    @Option(
            names = "--failing-gateway",
            paramLabel = "NAME=STATUS",
            description = "a gateway that answers each call with this SIP status, such as dead=503; repeatable")
    private Map<String, Integer> failing = Map.of();

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description = "file to which each call is appended in lines of JSON")
    private Path ledger;

    @Option(
            names = "--sessions-per-second",
            paramLabel = "N",
            defaultValue = "30",
            description = "as in switch.conf.xml, so N admits N-1 calls in a second (default: ${DEFAULT-VALUE})")
    private int sessionsPerSecond;

    @Option(
            names = "--max-sessions",
            paramLabel = "N",
            defaultValue = "1000",
            description = "calls at once (default: ${DEFAULT-VALUE})")
    private int maxSessions;

    @Option(
            names = "--time-scale",
            paramLabel = "N",
            defaultValue = "1",
            description = "how many times faster than real time calls run (default: ${DEFAULT-VALUE})")
    private double timeScale;

    @Option(
            names = "--answer-rate",
            paramLabel = "0..1",
            description = "share of calls that are answered, drawn at random")
    private Double answerRate;

    @Option(
            names = "--ring-sec",
            paramLabel = "SECONDS",
            defaultValue = "8",
            description = "with --answer-rate: mean time to the answer (default: ${DEFAULT-VALUE})")
    private double ringSec;

    @Option(
            names = "--talk-sec",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "with --answer-rate: mean time from answer to end (default: ${DEFAULT-VALUE})")
    private double talkSec;

    @Option(
            names = "--refusal",
            paramLabel = "STATUS=WEIGHT",
            description =
                    "with --answer-rate: SIP status of unanswered calls and its weight, 0 keeps ringing; repeatable"
                            + " (default: 0=5 486=3 603=1 404=1)")
    private Map<Integer, Double> refusals = Map.of(0, 5.0, 486, 3.0, 603, 1.0, 404, 1.0);

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "with --answer-rate: seed of the random numbers (default: ${DEFAULT-VALUE})")
    private long seed;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        SimulatedSwitch simulated = settings().start();
        failing.forEach((name, status) -> simulated.gatewayFails(name, status, 1));
        Runtime.getRuntime().addShutdownHook(new Thread(simulated::close, "switch-close"));
        Printout out = Printout.of(spec);
        out.println("Simulated switch listening on " + host + ":" + simulated.port());
        out.flush();
        new CountDownLatch(1).await();
        return 0;
    }

    SimulatorSettings settings() {
        try {
            SimulatorSettings settings = SimulatedSwitch.builder()
                    .host(host)
                    .port(port)
                    .password(password)
                    .callees(callees())
                    .sessionsPerSecond(sessionsPerSecond)
                    .maxSessions(maxSessions)
                    .timeScale(timeScale)
                    .ledger(ledger);
            gateways.forEach(settings::gateway);
            return settings;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Callee callees() {
        return answerRate == null
                ? new CalleeTable()
                : new CalleeMix(seed, answerRate, seconds(ringSec), seconds(talkSec), refusals);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
