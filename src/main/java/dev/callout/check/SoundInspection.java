package dev.callout.check;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.amd.Detection;
import dev.callout.campaign.amd.Machines;
import dev.callout.campaign.answered.HandOver;
import dev.callout.campaign.answered.HandOverKind;
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
    /** The module that hears the beep of a machine. */
    private static final String BEEPS = "mod_avmd";

    private static final String SILENCE = "silence_stream";

    private final Set<String> files;
    private final Set<String> schemes;
    private final Set<String> languages;
    private final Set<String> engines;

    /** @param campaigns campaigns without a problem of their own */
    SoundInspection(List<Campaign> campaigns) {
        this.campaigns = campaigns;
        this.files = campaigns.stream()
                .flatMap(one -> DialString.localFiles(one).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        this.schemes =
                campaigns.stream().flatMap(SoundInspection::schemes).collect(Collectors.toCollection(TreeSet::new));
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

    /** What stands before {@code ://} in what a prompt plays; silence, if it has any, or speech that it begins with. */
    private static Stream<String> schemes(Campaign campaign) {
        Stream<String> streams = campaign.onAnswer().prompts().stream()
                .flatMap(prompt -> prompt.files().stream())
                .filter(file -> file.contains("://"))
                .map(file -> file.strip().split("://", 2)[0]);
        return Stream.concat(
                streams,
                pieces(campaign).filter(piece -> piece.kind() != PieceKind.FILE).map(piece -> SILENCE));
    }

    /** Without the profile that some engines take behind a colon; empty: that of the switch's variable. */
    private static String engine(PromptPiece piece) {
        return piece.engine() == null ? "" : piece.engine().split(":", 2)[0];
    }

    /** Returns the absolute paths that must be asked for. */
    Collection<String> files() {
        return files;
    }

    /** Returns the kinds of streams, such as https. */
    Collection<String> schemes() {
        return schemes;
    }

    /** Returns the modules that find machines and their beeps, as far as campaigns want them. */
    Collection<String> modules() {
        return campaigns.stream().flatMap(SoundInspection::modules).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> modules(Campaign campaign) {
        Machines machines = campaign.onAnswer().machines();
        return Stream.concat(
                machines.detection() == Detection.AMD ? Stream.of(Detection.MODULE) : Stream.empty(),
                machines.areDetected() && machines.message() != null ? Stream.of(BEEPS) : Stream.empty());
    }

    /** Returns the languages in which values are said. */
    Collection<String> languages() {
        return languages;
    }

    /** Returns the queues of mod_callcenter to which callees are handed over. */
    Collection<String> queues() {
        return campaigns.stream().flatMap(SoundInspection::queue).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> queue(Campaign campaign) {
        return Stream.ofNullable(campaign.onAnswer().handOver())
                .filter(handOver -> handOver.kind() == HandOverKind.QUEUE)
                .map(HandOver::target);
    }

    /** Returns whether dates or times of day are said: in UTC, as Callout writes them. */
    boolean saysInstants() {
        return campaigns.stream().anyMatch(SoundInspection::saysInstants);
    }

    private static boolean saysInstants(Campaign campaign) {
        return pieces(campaign).anyMatch(piece -> piece.kind() == PieceKind.DATE || piece.kind() == PieceKind.TIME);
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
        schemes.stream()
                .filter(answer::deniesScheme)
                .map(scheme -> Finding.warn(
                        "streams " + scheme + ":// on " + switchName,
                        "the switch cannot open them; they are played to callees of "
                                + users(one -> schemes(one).anyMatch(scheme::equals)),
                        "load mod_httapi or mod_http_cache for http and https, mod_http_cache for http_cache,"
                                + " mod_tone_stream for tones and silence: docs/prompts.md"))
                .forEach(findings::add);
        languages.stream()
                .filter(answer::deniesLanguage)
                .map(language -> Finding.warn(
                        "language " + language + " on " + switchName,
                        "the switch's configuration has no such language, so callees of " + hearValues(language),
                        "add a language with sound-prefix to section languages of freeswitch.xml: docs/freeswitch.md"))
                .forEach(findings::add);
        languages.stream()
                .filter(answer::deniesSayModule)
                .map(language -> Finding.warn(
                        "mod_say_" + answer.sayModule(language) + " on " + switchName,
                        "the switch has not loaded it, so callees of " + hearValues(language),
                        "load it in modules.conf.xml, and install its sounds: docs/freeswitch.md"))
                .forEach(findings::add);
        queues().stream()
                .filter(answer::deniesQueue)
                .map(queue -> Finding.warn(
                        "queue " + queue + " on " + switchName,
                        "the switch does not have it; callees of "
                                + users(one -> queue(one).anyMatch(queue::equals))
                                + " would be handed over to nobody",
                        "load mod_callcenter, and add the queue to callcenter.conf.xml: docs/hand-over.md"))
                .forEach(findings::add);
        if (saysInstants() && answer.deniesUtc()) {
            findings.add(Finding.warn(
                    "time zone UTC on " + switchName,
                    "the switch does not know it, so callees of " + users(SoundInspection::saysInstants)
                            + " would hear wrong dates and times",
                    "add zone UTC to timezones.conf.xml, as FreeSWITCH's own file has it, and reloadxml"));
        }
        engines.stream()
                .filter(answer::deniesEngine)
                .map(engine -> Finding.warn(
                        "text to speech on " + switchName,
                        (engine.isEmpty()
                                        ? "its variables tts_engine and tts_voice name no engine that it has"
                                        : "it has no engine " + engine)
                                + ", so callees of "
                                + users(one -> pieces(one)
                                        .anyMatch(piece -> piece.kind() == PieceKind.TEXT
                                                && engine(piece).equals(engine)))
                                + " would not hear the texts of their prompts",
                        "load its module in modules.conf.xml, or correct engine and voice in ivr_prompt_pieces:"
                                + " docs/prompts.md"))
                .forEach(findings::add);
        modules().stream()
                .filter(answer::deniesModule)
                .map(module -> Finding.warn(
                        module + " on " + switchName,
                        "the switch has not loaded it, so "
                                + (module.equals(BEEPS)
                                        ? "no beep is heard before the message that machines hear of "
                                        : "calls end as they are answered, those of ")
                                + users(one -> modules(one).anyMatch(module::equals)),
                        "load it in modules.conf.xml"
                                + (module.equals(BEEPS) ? "" : ", or set amd to cadence")
                                + ": docs/answering-machines.md"))
                .forEach(findings::add);
        return findings;
    }

    private String hearValues(String language) {
        return users(one -> pieces(one)
                        .anyMatch(piece ->
                                piece.kind().isSaid() && piece.spokenLanguage().equals(language)))
                + " would not hear the values that their prompts say";
    }

    private String users(Predicate<Campaign> use) {
        return campaigns.stream().filter(use).map(Campaign::name).collect(Collectors.joining(", "));
    }
}
