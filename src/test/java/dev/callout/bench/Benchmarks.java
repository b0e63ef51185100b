package dev.callout.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.callout.bench.result.BenchmarkResults;
import dev.callout.bench.result.Machine;
import dev.callout.bench.result.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.util.FileUtil;

/** Runs all benchmarks, or those whose names are given. A table goes to the terminal, JSON to target/bench. */
public final class Benchmarks {

    /** The folder of the results of each benchmark, and of the logs of its processes. */
    static final Path FOLDER = Path.of("target", "bench");

    private static final List<Benchmark> ALL = List.of(
            new DecoderBenchmark(),
            new ClaimBenchmark(),
            new ImportBenchmark(),
            new EngineBenchmark(),
            new ManyCallsBenchmark(),
            new PaceBenchmark(),
            new StartBenchmark(),
            new SwitchesBenchmark(),
            new PagesBenchmark(),
            new NodesBenchmark(),
            new ScaleBenchmark());

    private Benchmarks() {}

    /**
     * @param args names, or lists of names separated by commas; none: all. {@code short} among them: only prove that it
     *             runs
     */
    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.stream(args)
                .flatMap(arg -> Arrays.stream(arg.split("[, ]+")))
                .filter(word -> !word.isBlank())
                .toList();
        Scale scale = words.contains("short") ? Scale.SHORT : Scale.FULL;
        List<String> wanted = words.stream()
                .filter(word -> !word.equals("short") && !word.equals("all"))
                .toList();
        for (String name : wanted) {
            if (!names().contains(name)) {
                throw new IllegalArgumentException(
                        "There is no benchmark " + name + ", only " + String.join(", ", names()));
            }
        }
        for (String name : wanted.isEmpty() ? names() : wanted) {
            run(name, scale);
        }
        System.exit(0);
    }

    static List<String> names() {
        return ALL.stream().map(Benchmark::name).toList();
    }

    /** Runs one benchmark and writes its results. */
    static List<Result> run(String name, Scale scale) throws Exception {
        Benchmark benchmark =
                ALL.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
        Path folder = FOLDER.resolve(name);
        empty(folder);
        System.out.println(name);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("benchmark", name);
        document.put("scale", scale);
        document.put("started", Instant.now().toString());
        document.put("machine", Machine.describe());
        BenchmarkResults results = new BenchmarkResults(name);
        try {
            benchmark.run(scale, folder, results);
        } finally {
            document.put("results", results.all());
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(FOLDER.resolve(name + ".json").toFile(), document);
        }
        return results.all();
    }

    private static void empty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            FileUtil.removeDir(folder.toFile());
        }
        Files.createDirectories(folder);
    }
}
