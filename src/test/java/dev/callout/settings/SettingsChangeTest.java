package dev.callout.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SettingsChangeTest {

    private static final Map<String, String> BEFORE = Map.of(
            "callout.switches",
            "fs1,fs2",
            "callout.switch.fs1.calls-per-second",
            "10",
            "callout.number-pattern",
            "[0-9]+",
            "mine.x",
            "1");

    @Test
    void theReferenceNamesThoseThatNeedARestart() throws Exception {
        String reference = Files.readString(Path.of("docs/settings.md"));
        String section =
                reference.substring(reference.indexOf("## Changes while it runs"), reference.indexOf("## Columns"));
        String list =
                section.substring(section.indexOf("started anew for "), section.indexOf("and for properties of Camel"));
        assertThat(Pattern.compile("`(callout[^`]+)`")
                        .matcher(list)
                        .results()
                        .map(MatchResult::group)
                        .map(one -> one.replace("`", ""))
                        .collect(Collectors.toSet()))
                .isEqualTo(Options.all().stream()
                        .filter(Option::restarts)
                        .map(Option::key)
                        .collect(Collectors.toSet()));
    }

    @Test
    void whatIsGivenDecidesNotWhatIsMadeOfIt() throws Exception {
        assertThat(between(Map.of())).isEqualTo(new SettingsChange(Set.of(), Set.of()));
        assertThat(between(Map.of("callout.lease-sec", "6", "callout.retry.busy", " "))
                        .keys())
                .as("their defaults")
                .isEmpty();
    }

    @Test
    void aRateOfOneSwitchIsAppliedInPlace() throws Exception {
        assertThat(between(Map.of("callout.switch.fs1.calls-per-second", "5", "callout.number-pattern", "[1-9]+")))
                .isEqualTo(new SettingsChange(
                        Set.of("callout.switch.fs1.calls-per-second", "callout.number-pattern"), Set.of()));
    }

    @Test
    void whatNeedsARestartIsToldBesideWhatDoesNot() throws Exception {
        assertThat(between(Map.of("callout.node", "other", "callout.drain-sec", "5", "mine.x", "2")))
                .isEqualTo(new SettingsChange(
                        Set.of("callout.node", "callout.drain-sec", "mine.x"), Set.of("callout.node", "mine.x")));
    }

    /** Others would take the calls over by the length that they know. */
    @Test
    void aLeaseOfAnotherLengthIsThatOfANewIncarnation() throws Exception {
        assertThat(between(Map.of("callout.lease-sec", "60")).restart()).containsExactly("callout.lease-sec");
    }

    private static SettingsChange between(Map<String, String> changes) throws Exception {
        Map<String, String> after = new HashMap<>(BEFORE);
        after.putAll(changes);
        return SettingsChange.between(
                Settings.load("before", BEFORE, Map.of()), Settings.load("after", after, Map.of()));
    }
}
