package dev.callout.bench;

import dev.callout.bench.result.BenchmarkResults;
import dev.callout.esl.wire.DecoderMeasurement;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures events decoded per second on one core, and bytes allocated for each, in comparison with another ESL library
 * and with the bytes themselves.
 */
final class DecoderBenchmark implements Benchmark {

    private static final Map<String, String> SUBJECTS = Map.of(
            "calloutJson", "Callout, JSON",
            "peerPlain", "peer: freeswitch-esl 2.2.0, plain",
            "countingLineFeeds", "limit: counting line feeds, plain");

    private record Measured(double eventsPerSecond, double bytesPerEvent) {}

    @Override
    public String name() {
        return "decoder";
    }

    @Override
    public void run(Scale scale, Path folder, BenchmarkResults results) throws Exception {
        boolean full = scale == Scale.FULL;
        if (!full) {
            // All JMHs of this machine look for the same lock file, so that they do not run at the same time.
            System.setProperty("jmh.ignoreLock", "true");
        }
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(DecoderMeasurement.class.getName())
                .addProfiler(GCProfiler.class)
                .forks(full ? 3 : 0)
                .warmupIterations(full ? 5 : 0)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(full ? 5 : 1)
                .measurementTime(full ? TimeValue.seconds(2) : TimeValue.milliseconds(100))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        Map<String, Measured> measured = measured(new Runner(options.build()).run());
        Measured peer = measured.get("peerPlain");
        measured.forEach((name, one) -> {
            results.add(SUBJECTS.get(name), "events/s", one.eventsPerSecond());
            results.add(SUBJECTS.get(name), "bytes allocated per event", one.bytesPerEvent());
        });
        Measured ours = measured.get("calloutJson");
        results.add(
                SUBJECTS.get("calloutJson"),
                "times the peer's events/s",
                ours.eventsPerSecond() / peer.eventsPerSecond(),
                "≥ 5");
        results.add(
                SUBJECTS.get("calloutJson"),
                "times the peer's allocation",
                ours.bytesPerEvent() / peer.bytesPerEvent(),
                "≤ 0.1");
    }

    private static Map<String, Measured> measured(Collection<RunResult> runs) {
        Map<String, Measured> measured = new TreeMap<>();
        for (RunResult run : runs) {
            measured.put(
                    run.getPrimaryResult().getLabel(),
                    new Measured(
                            eventsPerSecondOfTheBestFork(run),
                            run.getSecondaryResults().get("gc.alloc.rate.norm").getScore()));
        }
        return measured;
    }

    /** The peer runs at full speed in one JVM and at half of it in another, depending on what the compiler chooses. */
    private static double eventsPerSecondOfTheBestFork(RunResult run) {
        return run.getBenchmarkResults().stream()
                .mapToDouble(fork -> fork.getPrimaryResult().getScore())
                .max()
                .orElseThrow();
    }
}
