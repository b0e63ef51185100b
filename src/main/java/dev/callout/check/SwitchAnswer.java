package dev.callout.check;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a switch answered about itself.
 *
 * @param coreUuid id of its present incarnation; it shows whether two names stand for one switch
 * @param replies  its replies to {@link #questions}, by question
 * @param ahead    how far the timestamp of an event was ahead of this machine's clock when the event arrived
 */
record SwitchAnswer(String coreUuid, Map<String, String> replies, Duration ahead) {

    private static final String VERSION = "version";
    private static final String STATUS = "status";
    private static final String PAUSED = "fsctl pause_check outbound";
    private static final String UTC = "strftime_tz UTC %Y";
    private static final String QUEUES = "callcenter_config queue list";
    private static final String INTERFACES = "show interfaces";
    private static final String ENGINE = "global_getvar tts_engine";
    private static final String VOICE = "global_getvar tts_voice";
    /** The section that older configurations have instead of {@code languages}. */
    private static final String PHRASES = "xml_locate phrases";

    private static final String PROFILES = "sofia status";
    /** The reply holds the gateways' passwords, so it is asked only if it must be. */
    private static final String SOFIA = "xml_locate configuration configuration name sofia.conf";

    /** What {@code xml_locate} answers then. */
    private static final String NOT_FOUND = "can't find anything";

    private static final Pattern PER_SECOND = Pattern.compile("session\\(s\\) per Sec out of max (\\d+)");
    private static final Pattern MOST_SESSIONS = Pattern.compile("(?m)^(\\d+) session\\(s\\) max");
    private static final Pattern GATEWAY_STATUS = Pattern.compile("(?m)^Status\\s+(\\S.*?)\\s*$");
    private static final Pattern SAY_MODULE = Pattern.compile("<language [^>]*say-module=\"([^\"]*)\"");
    private static final Pattern GATEWAY_STATE = Pattern.compile("(?m)^State\\s+(\\S+)");

    /**
     * Returns the API commands whose replies are needed.
     *
     * @param gateways as campaigns name them
     * @param sounds   what campaigns play
     * @param signing  whether it must be known if the switch signs calls
     */
    static List<String> questions(Collection<String> gateways, SoundInspection sounds, boolean signing) {
        return Stream.of(
                        Stream.of(VERSION, STATUS, PAUSED, PROFILES),
                        gateways.stream().map(SwitchAnswer::statusOf),
                        sounds.files().stream().map(SwitchAnswer::existenceOf),
                        sounds.schemes().stream().map(scheme -> INTERFACES),
                        sounds.languages().stream()
                                .flatMap(language -> Stream.of(languageOf(language), PHRASES, INTERFACES)),
                        sounds.saysInstants() ? Stream.of(UTC) : Stream.<String>empty(),
                        sounds.queues().stream().map(queue -> QUEUES),
                        sounds.engines().stream()
                                .flatMap(engine -> engine.isEmpty()
                                        ? Stream.of(ENGINE, VOICE, INTERFACES)
                                        : Stream.of(INTERFACES)),
                        sounds.modules().stream().map(SwitchAnswer::moduleOf),
                        signing ? Stream.of(SOFIA) : Stream.<String>empty())
                .flatMap(questions -> questions)
                .distinct()
                .toList();
    }

    /** A gateway of a profile is profile::gateway here, as in a dial string. */
    private static String statusOf(String gateway) {
        return "sofia status gateway " + gateway.replace("/", "::");
    }

    private static String existenceOf(String file) {
        return "file_exists " + file;
    }

    private static String moduleOf(String module) {
        return "module_exists " + module;
    }

    /** Returns whether the switch says that it has not loaded this module. */
    boolean deniesModule(String module) {
        return reply(moduleOf(module)).equals("false");
    }

    private static String languageOf(String language) {
        return "xml_locate languages language name " + language;
    }

    private String reply(String question) {
        return replies.getOrDefault(question, "").strip();
    }

    /** Returns the version and build of the switch. */
    String version() {
        return reply(VERSION);
    }

    /** Returns whether it is Callout's own simulated switch, which calls nobody. It says so itself. */
    boolean isSimulated() {
        return version().endsWith("(simulated by Callout)");
    }

    /** Returns {@code sessions-per-second}, of which FreeSWITCH admits one less; empty if it does not show it. */
    Optional<Integer> sessionsPerSecond() {
        return first(PER_SECOND, STATUS).map(Integer::valueOf);
    }

    /** Returns {@code max-sessions}; empty if it does not show it. */
    Optional<Integer> mostSessions() {
        return first(MOST_SESSIONS, STATUS).map(Integer::valueOf);
    }

    /** Returns whether {@code fsctl pause} keeps it from making calls. */
    boolean isPaused() {
        return reply(PAUSED).equals("true");
    }

    /** Returns whether it has a running SIP profile with that name. */
    boolean runsProfile(String name) {
        return Pattern.compile("(?m)^\\s*" + Pattern.quote(name) + "\\s+profile\\s.*RUNNING")
                .matcher(reply(PROFILES))
                .find();
    }

    /** Returns UP or DOWN; empty if it has no such gateway. */
    Optional<String> gatewayStatus(String name) {
        return first(GATEWAY_STATUS, statusOf(name));
    }

    /**
     * Returns the registration state of the gateway, such as REGED, NOREG, FAIL_WAIT; empty if it has no such gateway.
     */
    Optional<String> gatewayState(String name) {
        return first(GATEWAY_STATE, statusOf(name));
    }

    /** Returns whether it answers that it does not have this file, or may not see it. */
    boolean deniesFile(String file) {
        return reply(existenceOf(file)).equals("false");
    }

    /** Returns whether it answers that it can open no stream of this kind, such as https. */
    boolean deniesScheme(String scheme) {
        return lacksInterface("file", scheme);
    }

    /** Returns whether it answers that its configuration has no such language: then it says nothing in it. */
    boolean deniesLanguage(String language) {
        return reply(languageOf(language)).equals(NOT_FOUND)
                && !reply(PHRASES).contains("<language name=\"" + language + "\"");
    }

    /** Returns the module that says values in this language: the language's configuration may name another one. */
    String sayModule(String language) {
        return first(SAY_MODULE, languageOf(language)).orElse(language);
    }

    /** Returns whether it answers that it has not loaded the module that says values in this language. */
    boolean deniesSayModule(String language) {
        return lacksInterface("say", sayModule(language));
    }

    /** Returns whether it answers that it has no such queue, or no mod_callcenter. */
    boolean deniesQueue(String queue) {
        return reply(QUEUES).contains("Command not found")
                || reply(QUEUES).startsWith("name|")
                        && reply(QUEUES).lines().noneMatch(line -> line.startsWith(queue + "|"));
    }

    /** Returns whether it answers that it does not know time zone UTC. */
    boolean deniesUtc() {
        return reply(UTC).startsWith("-ERR Invalid timezone");
    }

    /**
     * Returns whether it answers that it has no such text-to-speech engine.
     *
     * @param engine empty: the one that its variable {@code tts_engine} names, with the voice of {@code tts_voice}
     */
    boolean deniesEngine(String engine) {
        return engine.isEmpty()
                ? isUnset(ENGINE) || isUnset(VOICE) || lacksInterface("speech", reply(ENGINE))
                : lacksInterface("speech", engine);
    }

    /** The switch answers an empty text with an error. */
    private boolean isUnset(String question) {
        return replies.containsKey(question)
                && (reply(question).isEmpty() || reply(question).startsWith("-ERR"));
    }

    private boolean lacksInterface(String type, String name) {
        return reply(INTERFACES).startsWith("type,")
                && reply(INTERFACES).lines().noneMatch(line -> line.startsWith(type + "," + name + ","));
    }

    /**
     * Returns whether its {@code sofia.conf} names what it needs to sign calls. Whether it is built to do so, FreeSWITCH
     * does not tell (1.10.12).
     */
    boolean namesSigningKey() {
        return reply(SOFIA).contains("stir-shaken-as-key") && reply(SOFIA).contains("stir-shaken-as-url");
    }

    /** Holds no reply: some have passwords. */
    @Override
    public String toString() {
        return "SwitchAnswer[coreUuid=" + coreUuid + ", questions=" + replies.keySet() + ", ahead=" + ahead + "]";
    }

    private Optional<String> first(Pattern pattern, String question) {
        Matcher matcher = pattern.matcher(reply(question));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
