package dev.callout.campaign.menu;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What the switch notes of pressed keys, and what counts of it. */
class PressedKeysTest {

    @Test
    void theLastKeyThatHasAnAnswerAnswers() {
        PressedKeys keys = PressedKeys.of(";2:menu:;1:end:yes;*:repeat:");
        assertThat(keys.digits()).isEqualTo("21*");
        assertThat(keys.answer()).isEqualTo("yes");
        assertThat(keys.optsOut()).isFalse();
        assertThat(PressedKeys.of(";9:opt_out:stop").optsOut()).isTrue();
        assertThat(PressedKeys.of(";1:transfer:agent").transferred()).isTrue();
    }

    @Test
    void whatIsNoKeyOfOursIsNone() {
        assertThat(PressedKeys.of(null)).isEqualTo(PressedKeys.NONE);
        assertThat(PressedKeys.of("")).isEqualTo(PressedKeys.NONE);
        assertThat(PressedKeys.of("9:opt_out:x;A:end:x;1:run:x;1:end:X;1:end:x y;12:end:x;1:end"))
                .isEqualTo(PressedKeys.NONE);
    }

    @Test
    void aKeyIsReadAsItIsNoted() {
        MenuKey key = new MenuKey("#", null, KeyAction.OPT_OUT, null, null, null);
        assertThat(PressedKeys.of(PressedKeys.note(key)).keys())
                .containsExactly(new PressedKeys.Pressed("#", KeyAction.OPT_OUT, "opt_out"));
    }

    @Property
    void whateverTheVariableHoldsOnlyKeysAndWordsComeOfIt(@ForAll("notes") String variable) {
        PressedKeys keys = PressedKeys.of(variable);
        assertThat(keys.digits() == null ? "" : keys.digits()).matches("[0-9*#]{0,64}");
        assertThat(keys.answer() == null ? "a" : keys.answer()).matches("[a-z0-9_-]{1,32}");
        assertThat(PressedKeys.written(keys.digits(), keys.answer()).answer()).isEqualTo(keys.answer());
    }

    @Provide
    Arbitrary<String> notes() {
        Arbitrary<String> note = Arbitraries.of(
                ";1:end:yes",
                ";#:repeat:",
                ";9:opt_out:",
                "1:end",
                ";",
                ":",
                "'",
                "^system:x",
                "${x}",
                "\n",
                ";1:end:'; DROP");
        return Arbitraries.oneOf(note, Arbitraries.strings().ofMaxLength(20))
                .list()
                .ofMaxSize(80)
                .map(parts -> String.join("", parts));
    }
}
