package dev.callout.dialler.campaigns;

import dev.callout.campaign.dial.DialString;
import dev.callout.dialler.gateways.Gateways;
import dev.callout.dialler.gateways.Switches;
import dev.callout.dialler.prompts.MissingFiles;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Why campaigns are not dialled, or not dialled faster, and what this node keeps in mind to say so. Thread-safe. */
final class IdleReasons {

    final PutOffs putOffs = new PutOffs();
    final HeldRows heldRows = new HeldRows(System::nanoTime);
    final UnreadLists unreadLists = new UnreadLists();
    final SpentBudgets budgets = new SpentBudgets();
    final MissingFiles missingFiles = new MissingFiles(System::nanoTime);

    private final CampaignMemories memories;
    private final Gateways gateways;
    private final Switches switches;
    private final InstantSource steady;

    /** @param steady a clock that never steps */
    IdleReasons(CampaignMemories memories, Gateways gateways, Switches switches, InstantSource steady) {
        this.memories = memories;
        this.gateways = gateways;
        this.switches = switches;
        this.steady = steady;
    }

    /** Forgets all other campaigns. */
    void keepOnly(Set<Long> campaigns) {
        heldRows.keepOnly(campaigns);
        putOffs.keepOnly(campaigns);
    }

    /**
     * Why a campaign is not dialled; null if it may be.
     *
     * @param now by the database's clock
     */
    Idle idle(CampaignState state, Instant now) {
        Idle own = state.idle(now);
        if (own != null && own.reason() != Idle.Reason.NOT_DUE) {
            return own;
        }
        long id = state.campaign().id();
        Idle rest = memories.rest(id);
        if (rest != null) {
            return rest;
        }
        Idle spent = budgets.idle(state.campaign(), now);
        if (spent != null) {
            return spent;
        }
        Idle unread = state.unread(unreadLists);
        if (unread != null || own != null) {
            return unread == null ? own : unread;
        }
        List<String> files = DialString.localFiles(state.campaign());
        Optional<String> missing =
                files.isEmpty() ? Optional.empty() : missingFiles.keepWaiting(files, switches.answering());
        if (missing.isPresent()) {
            return new Idle(Idle.Reason.SETTING_WRONG, missing.get());
        }
        Idle held = heldRows.idle(id);
        if (held != null) {
            return held;
        }
        String gateway = gateways.rest(switches.answering(), state.campaign());
        return gateway == null ? null : new Idle(Idle.Reason.GATEWAY_RESTED, gateway);
    }

    /** Whether a campaign that is idle for this reason is tried nevertheless, to see whether its row is free again. */
    boolean mayTry(CampaignState state, Idle idle) {
        return idle.reason() == Idle.Reason.ROW_LOCKED
                && heldRows.tryAgain(state.campaign().id());
    }

    /**
     * Why a campaign is not dialled, or not dialled faster; null if the campaign itself gives no reason.
     *
     * @param now        by the database's clock
     * @param onTheirWay how many of its calls this node has in progress
     */
    Idle slow(CampaignState state, Instant now, int onTheirWay) {
        Idle idle = idle(state, now);
        if (idle != null && idle.reason() != Idle.Reason.NOT_DUE) {
            return idle;
        }
        long id = state.campaign().id();
        // Refused numbers are due again after a scan interval. Until then perhaps no number is due.
        String refusal = idle == null || memories.refusedLately(id) ? switches.refusal() : null;
        if (refusal != null) {
            return new Idle(Idle.Reason.REFUSED, refusal);
        }
        String failing = putOffs.failing(id, now);
        if (failing != null) {
            return new Idle(Idle.Reason.STEP_FAILED, failing);
        }
        return idle == null ? state.held(steady.instant(), onTheirWay) : state.notDue(now, putOffs.waiting(id, now));
    }
}
