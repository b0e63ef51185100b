package dev.callout.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SqlTextTest {

    private static final Path FILES = Path.of("src/main/resources/sql");

    private static String part(String file, String part) throws IOException {
        String text = Files.readString(FILES.resolve(file + ".sql"));
        String begin = "-- part " + part + "\n";
        return text.substring(text.indexOf(begin) + begin.length(), text.indexOf("  -- end " + part));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void theApiReadsTheSameSettingsOfCampaignsAsAScan() throws IOException {
        String settings = part("due-campaigns", "settings");
        assertThat(settings).contains("AS prompt_pieces", "AS record_pieces", "AS menus", "AS schedule_records");
        assertThat(SqlText.of("api/campaigns")).containsOnlyOnce(settings).doesNotContain("-- include");
    }

    @Test
    void allStatementsForNumbersOfCampaignsReadTheSameColumns() throws IOException {
        String number = part("api/numbers", "number");
        assertThat(number).contains("p.cld", "AS status");
        for (String file : List.of("number", "number-search", "number-search-telephone")) {
            assertThat(SqlText.of("api/" + file)).containsOnlyOnce(number);
        }
    }

    @Test
    void everyIncludedPartExists() throws IOException {
        assertThat(files(FILES))
                .extracting(file -> FILES.relativize(file).toString().replace(".sql", ""))
                .allSatisfy(name -> assertThat(SqlText.of(name)).doesNotContain("-- include"));
    }

    /** camel-sql takes a file as it is. */
    @Test
    void noRouteRunsAFileThatIncludesAnother() throws IOException {
        StringBuilder routes = new StringBuilder();
        for (Path file : files(Path.of("routes"))) {
            routes.append(Files.readString(file));
        }
        assertThat(routes).contains("sql:classpath:sql/due-campaigns.sql");
        for (Path file : files(FILES)) {
            if (Files.readString(file).contains("-- include")) {
                assertThat(routes).doesNotContain(":sql/" + FILES.relativize(file));
            }
        }
    }
}
