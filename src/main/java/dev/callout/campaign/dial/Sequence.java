package dev.callout.campaign.dial;

import dev.callout.campaign.Printable;
import dev.callout.campaign.SafeText;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.outcome.HeardPieces;
import dev.callout.campaign.prompt.PieceKind;
import dev.callout.campaign.prompt.Prompt;
import dev.callout.campaign.prompt.PromptPiece;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes a prompt of several pieces as an extension of the dialplan {@code inline}: one application for each piece, and
 * behind it one that notes in a channel variable that the piece has ended ({@link HeardPieces}).
 *
 * <p>So all pieces are applications of one kind of list, and the event of the call's end shows how far it was played.
 * {@code file_string://} would leave out a missing file silently, and speaks nothing; {@code playback_delimiter} does
 * the same (mod_dptools, switch_ivr_play_file).
 *
 * <p>A value of a number never stands in this list. It is a variable that the switch puts into the arguments after it
 * has taken the list apart, and only where text is spoken; or it is digits of a fixed form.
 */
final class Sequence {

    /** The channel variable for what has ended. */
    static final String HEARD = "callout_prompt";

    /** The channel variable for the keys that end a piece. */
    static final String TERMINATORS = "playback_terminators";

    private static final String ZONE = "timezone";

    static final char SEPARATOR = '^';
    private static final String LIST = "m:" + SEPARATOR + ":";
    /** Before a piece without events of its own, so that the beginning of the prompt has one. */
    private static final String BEGINNING = "playback:silence_stream://100";

    private final NumberVariables variables;
    private final Frame frame;
    private final List<String> steps = new ArrayList<>();
    private int total;

    /**
     * What is the same for all pieces of a prompt.
     *
     * @param firstPlace the place before its first piece
     * @param noted      what stands behind each note
     * @param afterPiece the application that runs behind each note; null: none
     */
    record Frame(int firstPlace, String noted, String afterPiece) {

        static final Frame PLAIN = new Frame(0, "", null);
    }

    private Sequence(NumberVariables variables, Frame frame) {
        this.variables = variables;
        this.frame = frame;
    }

    /**
     * Returns extension, dialplan and context.
     *
     * @param channel to which the variables are added that the pieces need
     */
    static String render(Prompt prompt, NumberVariables variables, ChannelVariables channel)
            throws UndialableException {
        Sequence sequence = of(prompt, variables, Frame.PLAIN);
        channel.put(HEARD, Integer.toString(sequence.total));
        channel.put(TERMINATORS, "none");
        putZone(List.of(prompt), channel);
        return list(sequence.steps) + " inline";
    }

    /** Writes the pieces for a number. Of any number, the longest: whether the line is too long must not depend on it. */
    static Sequence of(Prompt prompt, NumberVariables variables, Frame frame) throws UndialableException {
        Sequence sequence = null;
        for (String language : variables.any() ? prompt.languages() : List.of(language(prompt, variables))) {
            Sequence one = new Sequence(variables, frame);
            one.add(prompt.in(language));
            sequence = sequence == null
                            || list(one.steps).length() > list(sequence.steps).length()
                    ? one
                    : sequence;
        }
        return sequence;
    }

    /** Lets dates and times be said as they are written. */
    static void putZone(List<Prompt> prompts, ChannelVariables channel) {
        if (!channel.has(ZONE)
                && prompts.stream()
                        .flatMap(prompt -> prompt.pieces().stream())
                        .anyMatch(piece -> piece.kind() == PieceKind.DATE || piece.kind() == PieceKind.TIME)) {
            channel.put(ZONE, "UTC");
        }
    }

    /** Returns the applications, as the dialplan takes them. */
    List<String> steps() {
        return steps;
    }

    /** Returns how many notes a callee leaves who hears all of it. */
    int total() {
        return total;
    }

    /** Returns an extension of the dialplan that runs these applications. */
    static String list(List<String> steps) {
        return LIST + String.join(String.valueOf(SEPARATOR), steps);
    }

    private static String language(Prompt prompt, NumberVariables variables) throws UndialableException {
        String own = variables.texts().get(Prompt.LANGUAGE);
        Optional<String> language = prompt.languageFor(own);
        if (language.isPresent()) {
            return language.get();
        }
        throw own == null
                ? UndialableException.variable(
                        NumberVariables.MISSING + " " + Prompt.LANGUAGE,
                        "the prompt has several languages, and vars of the number has no " + Prompt.LANGUAGE)
                : NumberVariables.invalid(
                        Prompt.LANGUAGE, "the prompt has no pieces for the " + Prompt.LANGUAGE + " of the number");
    }

    private void add(List<PromptPiece> pieces) throws UndialableException {
        if (pieces.size() > Prompt.MOST_PIECES) {
            throw UndialableException.campaign(
                    "the prompt has more than " + Prompt.MOST_PIECES + " pieces in one language");
        }
        if (isSpoken(pieces.get(0))) {
            step(BEGINNING, 0, HeardPieces.PLAYED);
        }
        for (int i = 0; i < pieces.size(); i++) {
            PromptPiece piece = pieces.get(i);
            String place = "piece " + (i + 1) + " of the prompt"
                    + (piece.language().isEmpty() ? "" : " in " + Printable.of(piece.language()));
            Optional<String> problem = piece.problem();
            if (problem.isPresent()) {
                throw UndialableException.campaign(place + " " + problem.get());
            }
            String application = application(piece, place);
            if (application.contains(":_:")) {
                throw UndialableException.campaign(
                        place + " begins with _:, which FreeSWITCH could take for the beginning of another call");
            }
            step(application, i + 1, isSpoken(piece) ? HeardPieces.SPOKEN : HeardPieces.PLAYED);
        }
    }

    private static boolean isSpoken(PromptPiece piece) {
        return piece.kind().isSaid() || piece.kind() == PieceKind.TEXT;
    }

    private void step(String application, int place, char letter) {
        total++;
        steps.addAll(step(application, place, letter, frame));
    }

    /** Returns an application with the note that it has ended. */
    static List<String> step(String application, int place, char letter, Frame frame) {
        List<String> steps = new ArrayList<>();
        steps.add(application);
        steps.add("set:" + HEARD + "=${" + HEARD + "};" + (frame.firstPlace() + place) + letter
                + ":${current_application_response}@${strmicroepoch()}" + frame.noted());
        if (frame.afterPiece() != null) {
            steps.add(frame.afterPiece());
        }
        return steps;
    }

    private String application(PromptPiece piece, String place) throws UndialableException {
        return switch (piece.kind()) {
            case FILE -> {
                AnswerTarget.refuse(place, piece.value(), String.valueOf(SEPARATOR));
                yield "playback:" + AnswerTarget.sound(place, piece.value().strip());
            }
            case SILENCE -> "playback:silence_stream://" + Integer.parseInt(piece.value());
            case TEXT ->
                "speak:" + (piece.engine() == null ? "" : piece.engine() + "|" + piece.voice() + "|")
                        + text(piece.value().strip(), place);
            default ->
                Stream.of("say:" + piece.spokenLanguage(), piece.kind().typeAndMethod(), said(piece, place))
                        .reduce((one, other) -> one + " " + other)
                        .get()
                        .replace(" ", "\\s");
        };
    }

    /** Digits only: the value of a variable may be anything, and must not reach the list in another form. */
    private String said(PromptPiece piece, String place) throws UndialableException {
        Optional<String> name = piece.placeholder();
        if (name.isPresent() && variables.any()) {
            return piece.kind().sample();
        }
        String text = name.isPresent() ? variables.require(name.get(), place) : piece.value();
        return piece.kind()
                .form(text, piece.spokenLanguage())
                .orElseThrow(() -> NumberVariables.invalid(
                        name.orElse(null),
                        place + " needs variable " + name.orElse("") + " as "
                                + piece.kind().shape()));
    }

    private String text(String text, String place) throws UndialableException {
        AnswerTarget.refuse(place, text, SEPARATOR + "|");
        SafeText.require(place, Placeholders.without(text));
        return Placeholders.spoken(text, variables, place, Sequence::literal);
    }

    /** The switch takes escapes and quotes away twice: at the blanks of the line, and at the separators of the list. */
    private static String literal(String text) {
        return text.replace("'", "\\\\\\'").replace(" ", "\\s");
    }
}
