package dev.callout.store.prompts;

import dev.callout.campaign.OnAnswer;
import dev.callout.campaign.Printable;
import dev.callout.campaign.amd.Detection;
import dev.callout.campaign.amd.Machines;
import dev.callout.campaign.answered.HandOver;
import dev.callout.campaign.answered.Recording;
import dev.callout.campaign.menu.Menus;
import dev.callout.campaign.outcome.SuccessIf;
import dev.callout.campaign.prompt.Prompt;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.ToIntBiFunction;
import java.util.function.UnaryOperator;

/** Reads the columns of a campaign that say what callees hear, and what is expected of them. */
public final class OnAnswerColumns {

    private final UnaryOperator<String> columns;
    private final ToIntBiFunction<String, Integer> numbers;
    private final BiConsumer<String, String> problems;

    /**
     * @param columns  returns the text of a column; null: NULL or blank
     * @param numbers  returns the whole number in a column, or the given one if it has none
     * @param problems is told which column cannot be read, and why
     */
    public OnAnswerColumns(
            UnaryOperator<String> columns,
            ToIntBiFunction<String, Integer> numbers,
            BiConsumer<String, String> problems) {
        this.columns = columns;
        this.numbers = numbers;
        this.problems = problems;
    }

    /** Reads them all. */
    public OnAnswer read() {
        Menus menus = menus();
        return new OnAnswer(
                menus,
                menus == null ? prompt("i_ivr_prompt", "prompt") : null,
                columns.apply("action_on_answer"),
                columns.apply("transfer_on_answer"),
                columns.apply("context"),
                columns.apply("dialplan_type"),
                successIf(),
                machines(),
                handOver(),
                recording());
    }

    private Prompt prompt(String key, String name) {
        try {
            return PromptRows.prompt(
                    columns.apply(key), columns.apply(name + "_file"), columns.apply(name + "_pieces"));
        } catch (IllegalArgumentException e) {
            problems.accept(key, e.getMessage());
            return null;
        }
    }

    private HandOver handOver() {
        String text = columns.apply("hand_over");
        if (text == null) {
            return null;
        }
        try {
            Duration wait = Duration.ofSeconds(numbers.applyAsInt("hand_over_sec", HandOver.DEFAULT_WAIT_SEC));
            return HandOver.of(text, wait, prompt("i_no_agent_prompt", "no_agent"));
        } catch (IllegalArgumentException e) {
            problems.accept("hand_over", "'" + Printable.of(text) + "' " + e.getMessage());
            return null;
        }
    }

    private Recording recording() {
        int percent = numbers.applyAsInt("record_percent", 0);
        return percent == 0 ? Recording.NONE : new Recording(percent, prompt("i_record_prompt", "record"));
    }

    private Menus menus() {
        String first = columns.apply("i_menu");
        try {
            return first == null ? null : MenuRows.menus(Long.parseLong(first), columns.apply("menus"));
        } catch (NumberFormatException e) {
            problems.accept("i_menu", "'" + Printable.of(first) + "' is no key of table menus");
        } catch (IllegalArgumentException e) {
            problems.accept("i_menu", e.getMessage());
        }
        return null;
    }

    private Machines machines() {
        String text = columns.apply("amd");
        Optional<Detection> detection = text == null ? Optional.of(Detection.OFF) : Detection.of(text);
        if (detection.isEmpty()) {
            problems.accept("amd", "'" + Printable.of(text) + "' is none of off, cadence and amd");
        }
        return new Machines(detection.orElse(Detection.OFF), prompt("i_machine_prompt", "machine_prompt"), beepWait());
    }

    private Duration beepWait() {
        String seconds = columns.apply("machine_beep_wait_sec");
        try {
            return Duration.ofSeconds(seconds == null ? Machines.DEFAULT_BEEP_WAIT_SEC : Integer.parseInt(seconds));
        } catch (NumberFormatException e) {
            problems.accept("machine_beep_wait_sec", "'" + Printable.of(seconds) + "' is no whole number");
            return Machines.IGNORED.beepWait();
        }
    }

    private SuccessIf successIf() {
        String text = columns.apply("success_if");
        Optional<SuccessIf> wanted = text == null ? Optional.of(SuccessIf.HEARD) : SuccessIf.of(text);
        if (wanted.isEmpty()) {
            problems.accept("success_if", "'" + Printable.of(text) + "' is none of heard, key and human");
        }
        return wanted.orElse(SuccessIf.HEARD);
    }
}
