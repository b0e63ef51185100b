package dev.callout.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.telephone.Country;
import dev.callout.campaign.telephone.Home;
import dev.callout.campaign.telephone.Telephone;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberSplitTest {

    private static final Country GERMANY = Country.of("DE");
    private static final List<String> PREFIXES = List.of("+4930", "0049 (30) ", "030-", "+49 (0)30 ", "030/ ");

    private static NumberSplit.Result split(Path folder, String content, int parts) throws IOException {
        Path list = Files.writeString(folder.resolve("list.csv"), content);
        return NumberSplit.of(list, parts, GERMANY, Map.of(), folder);
    }

    private static List<List<String>> contents(NumberSplit.Result result) throws IOException {
        List<List<String>> contents = new ArrayList<>();
        for (Path file : result.files()) {
            contents.add(Files.readAllLines(file));
        }
        return contents;
    }

    /** Removes what {@link TempDir} does not, in properties. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Property(tries = 100)
    void aTelephoneHasOneHomeHoweverItIsWrittenAndNoLineIsLostOrMadeUp(
            @ForAll @Size(max = 40) List<@IntRange(min = 0, max = 99) Integer> telephones,
            @ForAll @Size(min = 40, max = 40) List<@IntRange(min = 0, max = 4) Integer> spellings,
            @ForAll @IntRange(min = 1, max = 7) int parts)
            throws IOException {
        Path folder = Files.createTempDirectory("split");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < telephones.size(); i++) {
            lines.add(PREFIXES.get(spellings.get(i)) + (23_125_400 + telephones.get(i)) + ",person " + i);
        }

        NumberSplit.Result result = split(folder, "number,name\n" + String.join("\n", lines), parts);

        Map<String, Integer> homes = new HashMap<>();
        List<String> all = new ArrayList<>();
        List<List<String>> contents = contents(result);
        for (int part = 0; part < parts; part++) {
            List<String> content = contents.get(part);
            assertThat(content.get(0)).isEqualTo("number,name");
            assertThat(result.lines().get(part)).isEqualTo(content.size() - 1);
            List<String> numbers = content.subList(1, content.size());
            assertThat(numbers)
                    .as("in their order")
                    .isEqualTo(lines.stream().filter(numbers::contains).toList());
            for (String line : numbers) {
                assertThat(homes.merge(
                                line.replaceFirst(",.*", "").replaceAll(".*(\\d{8})$", "$1"),
                                part,
                                (one, other) -> other))
                        .isEqualTo(part);
            }
            all.addAll(numbers);
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(lines);
        assertThat(homes).hasSize(Set.copyOf(telephones).size());
        assertThat(result.rest()).isNull();
        delete(folder);
    }

    /** These must never change: a list that is divided next year goes where that of this year went. SQL says the same. */
    @Test
    void homesStayWhatTheyAre() {
        assertThat(Stream.of("+493023125456", "+493023125457", "+12025550123", "+33123456789")
                        .map(Telephone::new)
                        .map(telephone -> Home.of(telephone, 3)))
                .containsExactly(3, 1, 1, 3);
    }

    @Test
    void homesHaveAboutAsManyTelephones() {
        int[] count = new int[10];
        for (int i = 0; i < 100_000; i++) {
            count[Home.of(new Telephone("+4917" + (60_000_000 + i)), count.length) - 1]++;
        }
        assertThat(Arrays.stream(count)).allMatch(one -> one > 9_500 && one < 10_500);
    }

    @Test
    void whatMeansNoTelephoneStandsApartWithTheReason(@TempDir Path folder) throws IOException {
        NumberSplit.Result result =
                split(folder, "name;number\nWeber;030 23125456\nMaier;unknown\n\"a;b\";030 23125013/14\n", 2);

        assertThat(result.refused()).isEqualTo(2);
        assertThat(Files.readAllLines(result.rest()))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("name,number,line,reason"),
                        line -> assertThat(line).startsWith("Maier,unknown,3,").contains("letters"),
                        line -> assertThat(line).startsWith("a;b,030 23125013/14,4,"));
        assertThat(contents(result).stream().flatMap(List::stream).filter(line -> !line.equals("name,number")))
                .containsExactly("Weber,030 23125456");
    }

    @Test
    void aListWithoutHeadingGetsNone(@TempDir Path folder) throws IOException {
        assertThat(contents(split(folder, "030 23125456\n+49 30 23125457\n", 1)))
                .containsExactly(List.of("030 23125456", "+49 30 23125457"));
    }

    @Test
    void nothingIsOverwrittenAndNothingHalfIsLeft(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("list-2-of-2.csv"), "somebody's");

        assertThatThrownBy(() -> split(folder, "030 23125456\n", 2)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> split(folder, "name,remark\nWeber,none\n", 3))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--column number=NAME");

        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("list.csv", "list-2-of-2.csv");
        }
    }
}
