package dev.callout.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.bench.result.Result;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each benchmark runs in a short form. Its times are not checked. */
@Tag("full")
@Tag("alone")
class BenchmarksIT {

    static List<String> names() {
        return Benchmarks.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void measures(String name) throws Exception {
        List<Result> results = Benchmarks.run(name, Scale.SHORT);

        assertThat(results).isNotEmpty().allSatisfy(result -> assertThat(result.value())
                .isFinite());
        assertThat(results)
                .filteredOn(result -> result.quantity().endsWith("/s"))
                .allSatisfy(result -> assertThat(result.value()).isPositive());
        assertThat(Files.readString(Benchmarks.FOLDER.resolve(name + ".json")))
                .contains("\"processor\"", "\"quantity\"");
    }
}
