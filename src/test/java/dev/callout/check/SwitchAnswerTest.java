package dev.callout.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What FreeSWITCH 1.10.12 answered, and what that says about values that are said and texts that are spoken. */
class SwitchAnswerTest {

    private static final String LANGUAGE = "xml_locate languages language name ";
    private static final String INTERFACES =
            """
            type,name,ikey
            file,silence_stream,mod_tone_stream
            say,de,mod_say_de
            say,en,mod_say_en
            speech,flite,mod_flite

            2 total.
            """;
    private static final String NOTHING = "can't find anything\n";
    private static final String UNSET = "-ERR no reply\n";

    private static SwitchAnswer answer(Map<String, String> replies) {
        return new SwitchAnswer("core", replies, Duration.ZERO);
    }

    @Test
    void aLanguageIsSaidByTheModuleThatItsConfigurationNames() {
        SwitchAnswer fr = answer(
                Map.of(
                        "show interfaces",
                        INTERFACES,
                        LANGUAGE + "fr",
                        """
                <language name="fr" say-module="en" sound-prefix="/sounds/fr">
                    <phrases>
                  <macros></macros>
                </phrases>

                    </language>
                """));
        assertThat(fr.deniesLanguage("fr")).isFalse();
        assertThat(fr.sayModule("fr")).isEqualTo("en");
        assertThat(fr.deniesSayModule("fr")).isFalse();

        SwitchAnswer es = answer(Map.of(
                "show interfaces", INTERFACES, LANGUAGE + "es", "<language name=\"es\" sound-prefix=\"/s\"/>\n"));
        assertThat(es.deniesLanguage("es")).isFalse();
        assertThat(es.deniesSayModule("es")).isTrue();
    }

    @Test
    void aModuleWithoutItsLanguageSaysNothing() {
        SwitchAnswer de =
                answer(Map.of("show interfaces", INTERFACES, LANGUAGE + "de", NOTHING, "xml_locate phrases", NOTHING));
        assertThat(de.deniesSayModule("de")).isFalse();
        assertThat(de.deniesLanguage("de")).isTrue();

        SwitchAnswer old = answer(
                Map.of(
                        LANGUAGE + "de",
                        NOTHING,
                        "xml_locate phrases",
                        "<section name=\"phrases\"><macros><language name=\"de\" sound-path=\"/s\"></language></macros></section>"));
        assertThat(old.deniesLanguage("de")).isFalse();
    }

    @Test
    void aTextWithoutAnEngineNeedsTheVariablesOfAnEngineThatIsThere() {
        String engine = "global_getvar tts_engine";
        String voice = "global_getvar tts_voice";
        assertThat(answer(Map.of("show interfaces", INTERFACES, engine, UNSET, voice, UNSET))
                        .deniesEngine(""))
                .isTrue();
        assertThat(answer(Map.of("show interfaces", INTERFACES, engine, "flite", voice, UNSET))
                        .deniesEngine(""))
                .isTrue();
        assertThat(answer(Map.of("show interfaces", INTERFACES, engine, "cepstral", voice, "callie"))
                        .deniesEngine(""))
                .isTrue();
        assertThat(answer(Map.of("show interfaces", INTERFACES, engine, "flite", voice, "slt"))
                        .deniesEngine(""))
                .isFalse();
    }

    @Test
    void aStreamIsOpenedByAModuleOfItsKind() {
        SwitchAnswer answer = answer(Map.of("show interfaces", INTERFACES));
        assertThat(answer.deniesScheme("https")).isTrue();
        assertThat(answer.deniesScheme("silence_stream")).isFalse();
    }

    @Test
    void aZoneThatTheSwitchDoesNotKnowIsNotUtc() {
        String question = "strftime_tz UTC %Y";
        assertThat(answer(Map.of(question, "-ERR Invalid timezone/format\n")).deniesUtc())
                .isTrue();
        assertThat(answer(Map.of(question, "2026")).deniesUtc()).isFalse();
        assertThat(answer(Map.of()).deniesUtc()).isFalse();
    }

    @Test
    void aSwitchThatDoesNotAnswerIsNotSaidToLackAnything() {
        SwitchAnswer silent = answer(Map.of());
        assertThat(silent.deniesScheme("https")).isFalse();
        assertThat(silent.deniesLanguage("de")).isFalse();
        assertThat(silent.deniesSayModule("de")).isFalse();
        assertThat(silent.deniesEngine("flite")).isFalse();
        assertThat(silent.deniesEngine("")).isFalse();
    }
}
