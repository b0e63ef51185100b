package dev.callout.check;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.dial.DialString;
import dev.callout.campaign.prompt.PieceKind;
import dev.callout.campaign.prompt.PromptPiece;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks whether a switch has what campaigns play to callees: files, modules that say values, engines that speak. */
final class SoundInspection {

    private final List<Campaign> campaigns;
    private final Set<String> files;
    private final Set<String> languages;
    private final Set<String> engines;

    /** @param campaigns campaigns without a problem of their own */
    SoundInspection(List<Campaign> campaigns) {
        this.campaigns = campaigns;
        this.files = campaigns.stream()
                .flatMap(one -> DialString.localFiles(one).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        this.languages = campaigns.stream()
                .flatMap(SoundInspection::pieces)
                .filter(piece -> piece.kind().isSaid())
                .map(PromptPiece::spokenLanguage)
                .collect(Collectors.toCollection(TreeSet::new));
        this.engines = campaigns.stream()
                .flatMap(SoundInspection::pieces)
                .filter(piece -> piece.kind() == PieceKind.TEXT)
                .map(SoundInspection::engine)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<PromptPiece> pieces(Campaign campaign) {
        return campaign.onAnswer().prompts().stream().flatMap(prompt -> prompt.pieces().stream());
    }

    /** Without the profile that some engines take behind a colon; empty: that of the switch's variable. */
    private static String engine(PromptPiece piece) {
        return piece.engine() == null ? "" : piece.engine().split(":", 2)[0];
    }

    /** Returns the absolute paths that must be asked for. */
    Collection<String> files() {
        return files;
    }

    /** Returns the languages in which values are said. */
    Collection<String> languages() {
        return languages;
    }

    /** Returns the engines that speak; the empty one stands for that of the switch's variable. */
    Collection<String> engines() {
        return engines;
    }

    /** Returns what a switch lacks. */
    List<Finding> findings(String switchName, SwitchAnswer answer) {
        List<Finding> findings = new ArrayList<>();
        files.stream()
                .filter(answer::deniesFile)
                .map(file -> Finding.warn(
                        "file " + file + " on " + switchName,
                        "the switch does not have it, or may not read its folder; it is played to callees of "
                                + users(one -> DialString.localFiles(one).contains(file))
                                + ", whose calls would end at once",
                        "put the file there, readable by the user that FreeSWITCH runs as"))
                .forEach(findings::add);
        languages.stream()
                .filter(answer::deniesLanguage)
                .map(language -> Finding.warn(
                        "mod_say_" + language + " on " + switchName,
                        "the switch has not loaded it, so callees of "
                                + users(one -> pieces(one)
                                        .anyMatch(piece -> piece.kind().isSaid()
                                                && piece.spokenLanguage().equals(language)))
                                + " would not hear the values that their prompts say",
                        "load it in modules.conf.xml, and install its sounds: docs/prompts.md"))
                .forEach(findings::add);
        engines.stream()
                .filter(answer::deniesEngine)
                .map(engine -> Finding.warn(
                        "text to speech on " + switchName,
                        (engine.isEmpty() ? "its variable tts_engine names none" : "it has no engine " + engine)
                                + ", so callees of "
                                + users(one -> pieces(one)
                                        .anyMatch(piece -> piece.kind() == PieceKind.TEXT
                                                && engine(piece).equals(engine)))
                                + " would not hear the texts of their prompts",
                        "load its module in modules.conf.xml, or correct engine and voice in ivr_prompt_pieces:"
                                + " docs/prompts.md"))
                .forEach(findings::add);
        return findings;
    }

    private String users(Predicate<Campaign> use) {
        return campaigns.stream().filter(use).map(Campaign::name).collect(Collectors.joining(", "));
    }
}
