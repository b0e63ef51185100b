package dev.callout.campaign;

import dev.callout.campaign.amd.Machines;
import dev.callout.campaign.answered.HandOver;
import dev.callout.campaign.answered.Recording;
import dev.callout.campaign.menu.KeyAction;
import dev.callout.campaign.menu.Menus;
import dev.callout.campaign.outcome.SuccessIf;
import dev.callout.campaign.prompt.Prompt;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What callees hear when they answer, and what is expected of them.
 *
 * @param menus       what {@code i_menu} names; null: no menu
 * @param prompt      what {@code i_ivr_prompt} names, which is not played if there is a menu; null: no prompt
 * @param application {@code action_on_answer}: {@code app(arguments)}; null: none
 * @param transferTo  {@code transfer_on_answer}: an extension; null: none
 * @param context     dialplan context for {@code transferTo}, for {@code handOver} and for the keys of menus that transfer;
 *                    null: default
 * @param dialplan    {@code dialplan_type}; null: XML
 * @param successIf   what makes an answered call a success
 * @param machines    what is done about answering machines
 * @param handOver    to whom callees are handed over, after the prompt if there is one, or by a key of a menu; null: to
 *                    nobody. It goes before {@code transferTo} and {@code application}
 * @param recording   which calls are recorded
 */
public record OnAnswer(
        Menus menus,
        Prompt prompt,
        String application,
        String transferTo,
        String context,
        String dialplan,
        SuccessIf successIf,
        Machines machines,
        HandOver handOver,
        Recording recording) {

    /** Returns whether a prompt is played, or a menu. */
    public boolean plays() {
        return menus != null || prompt != null;
    }

    /** Returns whether each callee is handed over, and not only those who press a key. */
    public boolean handsOver() {
        return handOver != null && menus == null;
    }

    /** Returns the prompts that a callee may hear. */
    public List<Prompt> prompts() {
        Stream<Prompt> first = menus == null ? Stream.ofNullable(prompt) : menus.prompts();
        Stream<Prompt> further = Stream.of(
                        machines.areDetected() ? machines.message() : null,
                        handOver == null ? null : handOver.noAgent(),
                        recording.percent() > 0 ? recording.announcement() : null)
                .filter(Objects::nonNull);
        return Stream.concat(first, further).distinct().toList();
    }

    List<String> problems() {
        return new Problems()
                .add(menus == null ? List.of() : menus.problems())
                .unless(
                        menus != null || successIf != SuccessIf.KEY,
                        "success_if is key, but the campaign has no menu whose keys could be pressed: set i_menu")
                .unless(
                        machines.areDetected() || successIf != SuccessIf.HUMAN,
                        "success_if is human, but amd is off, so nobody can tell a person from a machine: set amd to"
                                + " cadence")
                .add(machines.problems())
                .unless(
                        menus == null || handOver != null || !menus.has(KeyAction.HAND_OVER),
                        "i_menu: a key has action hand_over, but the campaign hands over to nobody: set hand_over")
                .add(handOver == null ? List.of() : handOver.problems())
                .add(recording.problems())
                .list();
    }
}
