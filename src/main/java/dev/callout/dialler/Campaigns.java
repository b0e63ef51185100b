package dev.callout.dialler;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.DialString;
import dev.callout.store.CampaignRow;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All campaigns as they were last read, and why each that is idle is idle. */
public final class Campaigns {

    private static final Logger LOG = LoggerFactory.getLogger(Campaigns.class);

    /** How long a campaign rests whose calls the switch refuses for its settings, before one is tried again. */
    private static final Duration REST = Duration.ofSeconds(30);

    private final ZoneId defaultZone;
    private final DialString dialString;
    private final InstantSource clock;
    private final Map<Long, String> idle = new ConcurrentHashMap<>();
    private final Map<Long, Rest> rests = new ConcurrentHashMap<>();
    private volatile Map<Long, CampaignState> states;

    private record Rest(String reason, Instant until) {
    }

    /**
     * @param defaultZone {@code callout.timezone}; null if none is set
     */
    Campaigns(ZoneId defaultZone, DialString dialString, InstantSource clock) {
        this.defaultZone = defaultZone;
        this.dialString = dialString;
        this.clock = clock;
    }

    /** Takes in what {@code due-campaigns.sql} has read. A row that cannot be dialled does not stop the others. */
    public void read(@Body List<Map<String, Object>> rows) {
        Map<Long, CampaignState> read = new HashMap<>();
        for (Map<String, Object> row : rows) {
            CampaignRow campaignRow = new CampaignRow(row, defaultZone);
            Campaign campaign = campaignRow.campaign();
            List<String> wrong = new ArrayList<>(campaign.problems());
            wrong.addAll(dialString.problems(campaign));
            if (campaign.destinationList() != null) {
                wrong.add("destination_list: numbers are dialled from campaign_phones only");
            }
            read.put(campaign.id(), new CampaignState(campaign, wrong.isEmpty() ? null : String.join("; ", wrong),
                    campaignRow.hasDue(), campaignRow.nextDial()));
        }
        states = read;
    }

    /** Whether the campaigns have been read at all. */
    public boolean known() {
        return states != null;
    }

    /** The campaigns that may dial now. Says of each that has become idle why, and of each that no longer is. */
    List<CampaignState> dialable(Instant now) {
        if (states == null) {
            return List.of();
        }
        List<CampaignState> dialable = new ArrayList<>();
        for (CampaignState state : states.values()) {
            String reason = resting(state.campaign(), now);
            reason = reason == null ? state.idle(now) : reason;
            if (reason == null) {
                dialable.add(state);
            }
            say(state.campaign(), reason);
        }
        return dialable;
    }

    /** Why the campaign of that key was not dialled when this node last looked; null if it was, or is not known yet. */
    public String idle(long campaign) {
        return idle.get(campaign);
    }

    private String resting(Campaign campaign, Instant now) {
        Rest rest = rests.get(campaign.id());
        return rest == null || rest.until().isBefore(now) ? null : rest.reason();
    }

    private void say(Campaign campaign, String reason) {
        String before = reason == null ? idle.remove(campaign.id()) : idle.put(campaign.id(), reason);
        if (reason != null && !reason.equals(before)) {
            LOG.info("Campaign {} is idle: {}", campaign.name(), reason);
        } else if (reason == null && before != null) {
            LOG.info("Campaign {} is dialled", campaign.name());
        }
    }

    /** The campaign as its row was last read; as it was known before if the row is gone. */
    Campaign latest(Campaign known) {
        CampaignState state = states == null ? null : states.get(known.id());
        return state == null ? known : state.campaign();
    }

    /** The campaign of that id; one of defaults if its row is gone, so that its calls can still be followed to their end. */
    Campaign byId(long id) {
        return latest(Campaign.builder().id(id).name("i_campaign " + id).build());
    }

    /** Lets a campaign rest for the reason given: the switch refuses its calls. */
    void rest(Campaign campaign, String reason) {
        rests.put(campaign.id(), new Rest(reason, clock.instant().plus(REST)));
    }

    /** Numbers of the campaign have been given back: there may be some to dial again. */
    void numbersBack(Campaign campaign) {
        CampaignState state = states == null ? null : states.get(campaign.id());
        if (state != null) {
            state.numbersBack();
        }
    }
}
