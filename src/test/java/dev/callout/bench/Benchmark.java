package dev.callout.bench;

import java.nio.file.Path;

/** Measures one property of Callout together with its peer or its limit, on the same machine at the same time. */
interface Benchmark {

    /** By this name it is run alone. */
    String name();

    /**
     * @param folder exists and is empty; what is left in it is kept
     */
    void run(Scale scale, Path folder, BenchmarkResults results) throws Exception;
}
