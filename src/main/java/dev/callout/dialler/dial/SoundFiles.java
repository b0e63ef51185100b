package dev.callout.dialler.dial;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.dial.DialString;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.gateways.Switches;
import dev.callout.esl.EslConstants;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns about files that campaigns play but that a switch does not have, before a callee is hung up on because of it.
 * Each incarnation of a switch is asked once for each file. Files that cannot be asked for now are asked for later.
 */
public final class SoundFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SoundFiles.class);

    /** Limited, because a switch answers one command after the other, and calls use the same connection. */
    private static final int AT_ONCE = 10;

    private final Campaigns campaigns;
    private final Switches switches;
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    /** The files for which one incarnation of a switch has answered. */
    private record Asked(String coreUuid, Set<String> files) {}

    /** @param campaigns the campaigns whose files are asked for */
    public SoundFiles(Campaigns campaigns, Switches switches) {
        this.campaigns = campaigns;
        this.switches = switches;
    }

    /** The files to ask a switch for now; empty if it does not answer. */
    public List<String> toAsk(@Header(EslConstants.SWITCH) String switchName) {
        String core = switches.coreUuid(switchName);
        if (core == null) {
            return List.of();
        }
        Asked known = asked.compute(
                switchName,
                (name, before) -> before != null && before.coreUuid().equals(core)
                        ? before
                        : new Asked(core, ConcurrentHashMap.newKeySet()));
        Set<String> played = campaigns.all().stream()
                .filter(campaign -> !campaign.paused())
                .flatMap(campaign -> DialString.localFiles(campaign).stream())
                .collect(Collectors.toSet());
        known.files().retainAll(played);
        return played.stream()
                .filter(file -> !known.files().contains(file))
                .limit(AT_ONCE)
                .toList();
    }

    /** Records the switch's answer to {@code file_exists}. */
    public void answered(
            @Header(EslConstants.SWITCH) String switchName,
            @ExchangeProperty("CalloutSoundFile") String file,
            @Body String answer) {
        Asked known = asked.get(switchName);
        if (known != null && known.files().add(file) && answer.strip().equals("false")) {
            LOG.warn(
                    "Switch {} cannot read file {}, which is played to callees of {}: it would hang up on them at once",
                    switchName,
                    file,
                    campaigns.all().stream()
                            .filter(campaign -> DialString.localFiles(campaign).contains(file))
                            .map(Campaign::name)
                            .collect(Collectors.joining(", ")));
        }
    }
}
