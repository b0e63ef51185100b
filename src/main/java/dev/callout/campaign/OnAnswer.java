package dev.callout.campaign;

import dev.callout.campaign.amd.Machines;
import dev.callout.campaign.menu.Menus;
import dev.callout.campaign.outcome.SuccessIf;
import dev.callout.campaign.prompt.Prompt;
import java.util.List;
import java.util.stream.Stream;

/**
 * What callees hear when they answer, and what is expected of them.
 *
 * @param menus       what {@code i_menu} names; null: no menu
 * @param prompt      what {@code i_ivr_prompt} names, which is not played if there is a menu; null: no prompt
 * @param application {@code action_on_answer}: {@code app(arguments)}; null: none
 * @param transferTo  {@code transfer_on_answer}: an extension; null: none
 * @param context     dialplan context for {@code transferTo} and for the keys of menus that transfer; null: default
 * @param dialplan    {@code dialplan_type}; null: XML
 * @param successIf   what makes an answered call a success
 * @param machines    what is done about answering machines
 */
public record OnAnswer(
        Menus menus,
        Prompt prompt,
        String application,
        String transferTo,
        String context,
        String dialplan,
        SuccessIf successIf,
        Machines machines) {

    /** Without a menu, and whoever answers. */
    public OnAnswer(Prompt prompt, String application, String transferTo, String context, String dialplan) {
        this(null, prompt, application, transferTo, context, dialplan, SuccessIf.HEARD, Machines.IGNORED);
    }

    /** Returns whether a prompt is played, or a menu. */
    public boolean plays() {
        return menus != null || prompt != null;
    }

    /** Returns the prompts that a callee may hear: those of the menus, or the campaign's, and the one for machines. */
    public List<Prompt> prompts() {
        return Stream.concat(
                        menus == null ? Stream.ofNullable(prompt) : menus.prompts(),
                        machines.areDetected() ? Stream.ofNullable(machines.message()) : Stream.empty())
                .distinct()
                .toList();
    }

    List<String> problems() {
        return new Problems()
                .add(menus == null ? List.of() : menus.problems())
                .unless(
                        menus != null || successIf != SuccessIf.KEY,
                        "success_if is key, but the campaign has no menu whose keys could be pressed: set i_menu")
                .unless(
                        machines.areDetected() || successIf != SuccessIf.HUMAN,
                        "success_if is human, but amd is off, so that no person is told from a machine: set amd to"
                                + " cadence")
                .add(machines.problems())
                .list();
    }
}
