package dev.callout.dialler.routes;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.menu.KeyAction;
import dev.callout.campaign.menu.Menus;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a user's copy of route {@code write-status} must do for campaigns. A copy of an earlier version lacks what later ones
 * promise.
 */
public final class StatusSteps {

    private static final String REMEDY = ": copy status.camel.yaml anew";

    private final Predicate<String> present;
    private final boolean outbox;

    /**
     * @param present whether the routes have a step of this id
     * @param outbox  whether ends of calls are put into the outbox
     */
    public StatusSteps(Predicate<String> present, boolean outbox) {
        this.present = present;
        this.outbox = outbox;
    }

    /** Why none of a campaign's numbers may be dialled, in sentences; empty if nothing is missing. */
    public List<String> problems(Campaign campaign) {
        List<String> problems = new ArrayList<>();
        Menus menus = campaign.onAnswer().menus();
        if (menus != null && menus.has(KeyAction.OPT_OUT) && !present.test("write-opt-outs")) {
            problems.add(
                    "i_menu has a key that opts out, but your copy of route status has no step write-opt-outs, so that"
                            + " those who press it would be called again" + REMEDY);
        }
        if (outbox && !present.test("insert-outbox")) {
            problems.add(
                    "callout.outbox.to is set, but your copy of route write-status has no step insert-outbox, so that"
                            + " outcomes would be missing" + REMEDY);
        }
        return problems;
    }
}
