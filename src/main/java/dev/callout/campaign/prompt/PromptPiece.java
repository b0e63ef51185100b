package dev.callout.campaign.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One piece of a prompt, as it stands in table {@code ivr_prompt_pieces}.
 *
 * @param language whose numbers hear it, and in whose sounds it is said, such as {@code de} or {@code es_ar}; empty: of
 *                 those whose language has no pieces, said in English
 * @param kind     what it is
 * @param value    the file, the milliseconds, the text; {@code {name}} stands for a number's variable where it is said
 *                 or spoken
 * @param engine   the text-to-speech engine; null: the one that the switch's variable {@code tts_engine} names
 * @param voice    the engine's voice; null only if {@code engine} is
 */
public record PromptPiece(String language, PieceKind kind, String value, String engine, String voice) {

    /** The longest silence. */
    private static final int LONGEST_SILENCE_MS = 60_000;

    private static final int LONGEST_VALUE = 1000;
    private static final Pattern LANGUAGE = Pattern.compile("([a-z]{2,3}(_[a-z]{2,8})?)?");
    private static final Pattern SPEAKER = Pattern.compile("[A-Za-z0-9_.:@/-]{1,64}");
    private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9_]{1,32})}");
    private static final Pattern ALONE = Pattern.compile("\\{[a-z0-9_]{1,32}}");
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,5}");

    /** Returns how a language is written here: {@code pt-BR} becomes {@code pt_br}; empty for null. */
    public static String language(String text) {
        return text == null ? "" : text.strip().toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /**
     * Returns why it cannot be played, in words that follow "piece N"; empty if nothing is known against it. What may
     * not stand in a dial string is found where that is written.
     */
    public Optional<String> problem() {
        if (!LANGUAGE.matcher(language).matches()) {
            return Optional.of("has a language that is not such as en, de or es_ar");
        }
        if (value == null || value.isBlank() || value.length() > LONGEST_VALUE) {
            return Optional.of("has no value, or one of more than " + LONGEST_VALUE + " characters");
        }
        if ((engine == null) != (voice == null)) {
            return Optional.of("has only one of engine and voice");
        }
        if (engine != null
                && (kind != PieceKind.TEXT
                        || !SPEAKER.matcher(engine).matches()
                        || !SPEAKER.matcher(voice).matches())) {
            return Optional.of("has an engine or a voice that is no name, or no text");
        }
        return problemOfValue();
    }

    private Optional<String> problemOfValue() {
        String wrong =
                switch (kind) {
                    case FILE -> PLACE.matcher(value).find() ? "a file without {…}: a variable is never a path" : null;
                    case SILENCE ->
                        MILLISECONDS.matcher(value).matches()
                                        && Integer.parseInt(value) > 0
                                        && Integer.parseInt(value) <= LONGEST_SILENCE_MS
                                ? null
                                : "milliseconds, from 1 to " + LONGEST_SILENCE_MS;
                    case TEXT -> null;
                    default ->
                        placeholder().isPresent()
                                        || kind.form(value, spokenLanguage()).isPresent()
                                ? null
                                : "one {variable}, or " + kind.shape();
                };
        return Optional.ofNullable(wrong).map(what -> "has kind " + kind.word() + ", so its value must be " + what);
    }

    /** Returns the name of the one variable that is its whole value; empty if its value is anything else. */
    public Optional<String> placeholder() {
        return ALONE.matcher(value).matches() ? Optional.of(value.substring(1, value.length() - 1)) : Optional.empty();
    }

    /** Returns the names of the variables that it needs, sorted. */
    public List<String> variables() {
        TreeSet<String> names = new TreeSet<>();
        Matcher place = PLACE.matcher(value);
        while (place.find()) {
            names.add(place.group(1));
        }
        return new ArrayList<>(names);
    }

    /** Returns the language in which it is said. */
    public String spokenLanguage() {
        return language.isEmpty() ? "en" : language;
    }
}
