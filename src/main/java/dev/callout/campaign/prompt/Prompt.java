package dev.callout.campaign.prompt;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a campaign plays to its callees.
 *
 * @param file   the file that is played if there are no pieces; null if there are
 * @param pieces the pieces of all languages, each language's in the order in which they are played; empty: the file
 */
public record Prompt(String file, List<PromptPiece> pieces) {

    /** The variable of a number that chooses the pieces. */
    public static final String LANGUAGE = "language";

    /** Pieces that one callee may be played. */
    public static final int MOST_PIECES = 20;

    /** Copies the pieces. */
    public Prompt {
        pieces = List.copyOf(pieces);
    }

    /** A prompt that is one file. */
    public static Prompt ofFile(String file) {
        return new Prompt(file, List.of());
    }

    /** Returns the same prompt as a sequence: one that is one file has one piece. */
    public Prompt asPieces() {
        return isSequence() ? this : new Prompt(null, List.of(new PromptPiece("", PieceKind.FILE, file, null, null)));
    }

    /** Returns whether it is played piece by piece. */
    public boolean isSequence() {
        return !pieces.isEmpty();
    }

    /** Returns the languages that have pieces, sorted; the empty one stands for all others. */
    public SortedSet<String> languages() {
        return new TreeSet<>(pieces.stream().map(PromptPiece::language).toList());
    }

    /** Returns the pieces of one language. */
    public List<PromptPiece> in(String language) {
        return pieces.stream()
                .filter(piece -> piece.language().equals(language))
                .toList();
    }

    /**
     * Returns the language whose pieces a number hears: its own; else the empty one; else the only one.
     *
     * @param wanted the number's language; null: it has none
     * @return empty if the prompt has several languages, and none of them is for the number
     */
    public Optional<String> languageFor(String wanted) {
        SortedSet<String> there = languages();
        String own = PromptPiece.language(wanted);
        if (there.contains(own)) {
            return Optional.of(own);
        }
        return there.contains("") || there.size() == 1 ? Optional.of(there.first()) : Optional.empty();
    }

    /** Returns the files that it plays, as they are written. */
    public List<String> files() {
        return isSequence()
                ? pieces.stream()
                        .filter(piece -> piece.kind() == PieceKind.FILE)
                        .map(PromptPiece::value)
                        .distinct()
                        .toList()
                : Stream.ofNullable(file).toList();
    }

    /** Returns the files that may stand at a place of the sequence, the first being 1: one for each language at most. */
    public List<String> filesAt(int place) {
        return languages().stream()
                .map(this::in)
                .filter(one -> place >= 1 && place <= one.size())
                .map(one -> one.get(place - 1))
                .filter(piece -> piece.kind() == PieceKind.FILE)
                .map(PromptPiece::value)
                .distinct()
                .toList();
    }
}
