package dev.callout.campaign.amd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the notes of the switch tell of a greeting. */
class GreetingTest {

    @Test
    void aVerdictAndTheMessageAreCountedFromTheAnswer() {
        assertThat(Greeting.of("1796066322524422;human:1796066323924427"))
                .contains(new Greeting(AnsweredBy.HUMAN, 1400L, null));
        assertThat(Greeting.of("1000000;machine:4000000;message:9500000"))
                .hasValueSatisfying(
                        greeting -> assertThat(greeting.heardFromMillis()).contains(8500L));
        assertThat(Greeting.of("1000000;machine:4000000"))
                .hasValueSatisfying(
                        greeting -> assertThat(greeting.heardFromMillis()).isEmpty());
        assertThat(Greeting.of("9000000;unknown:4000000"))
                .as("the switch's clock was set back")
                .contains(new Greeting(AnsweredBy.UNKNOWN, 0L, null));
    }

    @Test
    void withoutAVerdictTheCalleeHasHeardNothing() {
        assertThat(Greeting.of("1000000"))
                .hasValueSatisfying(greeting -> assertThat(greeting.by()).isNull())
                .hasValueSatisfying(
                        greeting -> assertThat(greeting.heardFromMillis()).isEmpty());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "x", "1;cat:2", "1;human", ";human:2", "1;human:2;beep:3", "1;human:2 "})
    void whatTheSwitchDidNotWriteTellsNothing(String variable) {
        assertThat(Greeting.of(variable)).isEmpty();
    }
}
