package dev.callout.bench;

import dev.callout.bench.result.BenchmarkResults;
import java.nio.file.Path;

/** Measures one property of Callout together with its peer or its limit, on the same machine at the same time. */
interface Benchmark {

    /** Returns the name by which it is run alone. */
    String name();

    /** @param folder exists and is empty; its content is kept afterwards */
    void run(Scale scale, Path folder, BenchmarkResults results) throws Exception;
}
