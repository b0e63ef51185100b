package dev.callout.cli;

import com.zaxxer.hikari.HikariDataSource;
import dev.callout.cli.demo.DialledNumber;
import dev.callout.cli.demo.EmbeddedMariaDb;
import dev.callout.cli.demo.LedgerCheck;
import dev.callout.cli.demo.Progress;
import dev.callout.cli.demo.ProgressSnapshot;
import dev.callout.cli.demo.SampleCampaign;
import dev.callout.cli.output.Printout;
import dev.callout.dialler.Dialler;
import dev.callout.settings.Settings;
import dev.callout.simulator.SimulatedSwitch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Dials a sample campaign to its end, with an embedded MariaDB and the simulated switch. */
@Command(
        name = "demo",
        description =
                "Dials a sample campaign with an embedded MariaDB and a simulated switch, shows the results and ends.")
final class DemoCommand implements Callable<Integer> {

    /** Calls of the sample run this many times faster than real ones. */
    private static final int TIME_SCALE = 10;

    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Printout out = Printout.of(spec);
        out.println("Starting an embedded MariaDB and a simulated switch ...");
        out.flush();
        try (EmbeddedMariaDb server = EmbeddedMariaDb.start(true);
                SimulatedSwitch simulated = SimulatedSwitch.builder()
                        .timeScale(TIME_SCALE)
                        .sessionsPerSecond(100)
                        .start()) {
            Settings settings = Settings.load(
                    null,
                    Map.of(
                            "CALLOUT_DB_URL", server.createDatabase("callout"),
                            "CALLOUT_DB_USER", "root",
                            "CALLOUT_NODE", "demo",
                            "CALLOUT_SWITCHES", "simulated",
                            "CALLOUT_SWITCH_SIMULATED_PORT", Integer.toString(simulated.port()),
                            "CALLOUT_SWITCH_SIMULATED_CALLS_PER_SECOND", "50",
                            "CALLOUT_CAMPAIGN_SCAN_INTERVAL_SEC", "1",
                            "CALLOUT_RETRY_FLOOR_SEC", "2"));
            try (HikariDataSource dataSource = DataSources.open(settings.database())) {
                SampleCampaign sample = SampleCampaign.create(dataSource);
                try (Dialler dialler = new Dialler(new DefaultCamelContext(), settings, dataSource)) {
                    dialler.start();
                    watch(sample, out);
                }
                return report(sample.numbers(), simulated, out);
            }
        }
    }

    private static void watch(SampleCampaign sample, Printout out) throws InterruptedException {
        Progress progress = Progress.onStandardOutput(out);
        long begun = System.nanoTime();
        ProgressSnapshot snapshot = sample.snapshot();
        while (snapshot.done() < snapshot.numbers() && System.nanoTime() - begun < LONGEST.toNanos()) {
            progress.show(snapshot, System.nanoTime());
            TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
            snapshot = sample.snapshot();
        }
        progress.end(snapshot, System.nanoTime());
    }

    /** Shows what happened to the numbers, and how each number that differs from the switch's ledger differs. */
    private static int report(List<DialledNumber> numbers, SimulatedSwitch simulated, Printout out) {
        out.println();
        out.print(DialledNumber.summary(numbers));
        out.println();
        LedgerCheck check = new LedgerCheck(simulated.ledger());
        List<String> differences = numbers.stream()
                .flatMap(number -> check.differences(number).stream())
                .toList();
        differences.forEach(out::println);
        out.println(
                differences.isEmpty()
                        ? "The switch's ledger agrees: each of the " + numbers.size()
                                + " numbers ended as its callee was set to, in "
                                + simulated.ledger().calls().size() + " calls, at most "
                                + simulated.ledger().peak() + " at once."
                        : differences.size() + " differences from the switch's ledger.");
        out.flush();
        return differences.isEmpty() ? 0 : 1;
    }
}
