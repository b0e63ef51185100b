package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.store.preview.Outlook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All that people read on the live page is in its files of texts, and each language has all of it. */
class PageTextsTest {

    private static final Path PAGE = Path.of("src/main/resources/dev/callout/api/page");
    private static final Pattern VALUE = Pattern.compile("\\{(\\w+)}");

    /** A literal of JavaScript; comments are gone. */
    private static final Pattern LITERAL = Pattern.compile("'((?:[^'\\\\\\n]|\\\\.)*)'|`((?:[^`\\\\]|\\\\.)*)`");

    /** Words that are no text: of the API, of the style sheet, and of the browser's console. */
    private static final Set<String> NO_TEXTS = Set.of(
            "premature hangup",
            "its run has ended",
            "about muted",
            "(prefers-color-scheme: dark)",
            "texts.§.json has no §");

    private static Map<String, String> sources(String ending) {
        try (Stream<Path> files = Files.list(PAGE)) {
            Map<String, String> sources = new TreeMap<>();
            for (Path file :
                    files.filter(one -> one.toString().endsWith(ending)).toList()) {
                sources.put(file.getFileName().toString(), Files.readString(file));
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The modules without their comments. */
    private static Map<String, String> modules() {
        Map<String, String> modules = sources(".js");
        modules.replaceAll(
                (name, source) -> source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)(^|\\s)//.*$", ""));
        return modules;
    }

    private static String html() {
        return sources(".html").get("index.html").replaceAll("(?s)<!--.*?-->", "");
    }

    /** The texts of a language by key; a text of several plural forms has them all, one a line. */
    private static Map<String, String> texts(String file) {
        try {
            Map<String, String> texts = new TreeMap<>();
            JsonNode tree = new ObjectMapper().readTree(PAGE.resolve(file).toFile());
            tree.properties().forEach(text -> {
                List<String> forms = new ArrayList<>();
                if (text.getValue().isTextual()) {
                    forms.add(text.getValue().asText());
                } else {
                    assertThat(text.getValue().path("other").asText())
                            .as("plural form other of %s in %s", text.getKey(), file)
                            .isNotBlank();
                    text.getValue().forEach(form -> forms.add(form.asText()));
                }
                assertThat(forms).as("%s in %s", text.getKey(), file).noneMatch(String::isBlank);
                texts.put(text.getKey(), String.join("\n", forms));
            });
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> values(String text) {
        return VALUE.matcher(text).results().map(one -> one.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachLanguageHasTheSameTextsWithTheSameValues() {
        Map<String, String> english = texts("texts.en.json");
        Set<String> languages = new TreeSet<>(sources(".json").keySet());
        assertThat(languages).contains("texts.en.json", "texts.de.json");
        String listed = modules()
                .get("texts.js")
                .lines()
                .filter(line -> line.startsWith("const LANGUAGES"))
                .findFirst()
                .orElseThrow();
        for (String file : languages) {
            Map<String, String> texts = texts(file);
            assertThat(texts.keySet()).as(file).isEqualTo(english.keySet());
            texts.forEach((key, text) ->
                    assertThat(values(text)).as("%s in %s", key, file).isEqualTo(values(english.get(key))));
            assertThat(listed).contains("'" + file.replaceAll("texts\\.|\\.json", "") + "'");
            assertThat(WebPage.has("/" + file)).as("%s is served", file).isTrue();
        }
        assertThat(sources(".js").keySet()).allMatch(file -> WebPage.has("/" + file));
    }

    /** The keys that the page names as they are. */
    private static Set<String> named() {
        Set<String> named = new TreeSet<>();
        Pattern.compile("data-t(?:-\\w+)?=\"([^\"]+)\"")
                .matcher(html())
                .results()
                .forEach(one -> named.add(one.group(1)));
        for (String module : modules().values()) {
            // As the first argument, alone or as one of two; and keys that are kept in lists.
            Pattern.compile("\\bt\\('([^']+)'").matcher(module).results().forEach(one -> named.add(one.group(1)));
            Pattern.compile("\\bt\\([^'`()]*(?:\\([^()]*\\))?[^'`()]*(?:=== '\\w+' )?\\? '([^']+)' : '([^']+)'")
                    .matcher(module)
                    .results()
                    .forEach(one -> named.addAll(List.of(one.group(1), one.group(2))));
            Pattern.compile("'((?:missing|why)\\.\\w+)'")
                    .matcher(module)
                    .results()
                    .forEach(one -> named.add(one.group(1)));
        }
        return named;
    }

    /** The keys that the page makes of words, as patterns. */
    private static Set<String> made() {
        return modules().values().stream()
                .flatMap(module ->
                        Pattern.compile("\\bt\\(`([^`]+)`").matcher(module).results())
                .map(one -> Arrays.stream(one.group(1).split("\\$\\{[^}]*}", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining("(.+)")))
                .filter(pattern -> !pattern.startsWith("\\Q\\E(.+)"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void eachTextThatThePageNamesIsThereAndNoOtherOne() {
        Set<String> keys = texts("texts.en.json").keySet();
        assertThat(keys).containsAll(named());
        String words = String.join("\n", modules().values())
                + html()
                + Arrays.stream(Outlook.values()).map(Outlook::word).collect(Collectors.joining(" "))
                + " next leg";
        Set<String> patterns = made();
        assertThat(patterns).allSatisfy(pattern -> assertThat(keys).as(pattern).anyMatch(key -> key.matches(pattern)));
        Set<String> unused = new TreeSet<>(keys);
        unused.removeAll(named());
        unused.removeIf(key -> patterns.stream().anyMatch(pattern -> isMade(key, pattern, words)));
        assertThat(unused).as("texts that nothing on the page shows").isEmpty();
    }

    /** A key is made if the page has the words for its variable parts. */
    private static boolean isMade(String key, String pattern, String words) {
        return Pattern.compile(pattern)
                .matcher(key)
                .results()
                .filter(match -> match.group().equals(key))
                .anyMatch(match -> hasWords(match, words));
    }

    private static boolean hasWords(MatchResult match, String words) {
        return Stream.iterate(1, group -> group <= match.groupCount(), group -> group + 1)
                .flatMap(group -> Stream.of(match.group(group).split("\\.")))
                .allMatch(word -> Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])")
                        .matcher(words)
                        .find());
    }

    @Test
    void eachWordThatAPreviewOrAFieldMayHaveHasItsText() {
        Set<String> keys = texts("texts.en.json").keySet();
        assertThat(keys)
                .containsAll(Arrays.stream(Outlook.values())
                        .map(group -> "preview." + group.word())
                        .toList());
        Pattern.compile("\\{name: '(\\w+)'([^}]*)}")
                .matcher(modules().get("fields.js"))
                .results()
                .forEach(field -> {
                    String key = "field." + field.group(1);
                    List<String> wanted = new ArrayList<>(List.of(key));
                    Stream.of("example", "hint")
                            .filter(one -> field.group(2).contains(one + ": true"))
                            .forEach(one -> wanted.add(key + "." + one));
                    if (field.group(2).contains("choices:") || field.group(2).contains("from:")) {
                        wanted.add(key + ".none");
                    }
                    Pattern.compile("choices: \\[([^\\]]*)]")
                            .matcher(field.group(2))
                            .results()
                            .flatMap(list ->
                                    Stream.of(list.group(1).replace("'", "").split(", ")))
                            .forEach(word -> wanted.add(key + "." + word));
                    assertThat(keys).containsAll(wanted);
                });
    }

    @Test
    void nothingThatPeopleReadBypassesTheTexts() {
        String html = html();
        assertThat(html.replaceAll("(?s)<[^>]*>", "\n")
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty()))
                .as("texts in index.html")
                .containsOnly("Callout", "–");
        assertThat(Pattern.compile("(?:^|\\s)(?:placeholder|aria-label|title|alt|value)=\"[^\"]+\"")
                        .matcher(html)
                        .results()
                        .map(MatchResult::group)
                        .map(String::strip)
                        .filter(attribute -> !attribute.startsWith("value=")))
                .as("attributes in index.html")
                .isEmpty();
        Map<String, List<String>> found = new TreeMap<>();
        modules().forEach((name, source) -> found.put(name, literals(source)));
        found.values().removeIf(List::isEmpty);
        assertThat(found).as("texts in modules").isEmpty();
    }

    /** Literals of several words, and such as are shown, whatever they are. */
    private static List<String> literals(String source) {
        List<String> found = new ArrayList<>(LITERAL.matcher(source)
                .results()
                .map(one -> one.group(1) == null ? one.group(2) : one.group(1))
                .map(text -> text.replaceAll("\\$\\{[^}]*}", "§"))
                .filter(text -> Pattern.compile("[A-Za-z]{2,}[,.:;]? [A-Za-z]{2,}")
                        .matcher(text)
                        .find())
                .filter(text -> !NO_TEXTS.contains(text))
                .toList());
        Pattern.compile(
                        "(?:textContent|placeholder|title|ariaLabel)\\s*[:=]\\s*(?:'[^']*[A-Za-z]|`(?:[^`$]|\\$(?!\\{))*[A-Za-z])"
                                + "|(?:element\\('\\w+', |new Option\\(|new Problem\\(|\\btell\\(|\\bsure\\(|labelled\\()['`](?!\\$)[^'`]*[A-Za-z]"
                                + "|setAttribute\\('(?:aria-label|title|placeholder)', ['`]")
                .matcher(source)
                .results()
                .map(MatchResult::group)
                .forEach(found::add);
        return found;
    }
}
