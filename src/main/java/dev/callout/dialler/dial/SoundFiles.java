package dev.callout.dialler.dial;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.dial.DialString;
import dev.callout.dialler.campaigns.Campaigns;
import dev.callout.dialler.gateways.Switches;
import dev.callout.esl.EslConstants;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the switches for the files that campaigns play, paused ones included, so that a missing file is known before a callee
 * is hung up on because of it. Files that cannot be asked for now are asked for later.
 */
public final class SoundFiles {

    private static final Logger LOG = LoggerFactory.getLogger(SoundFiles.class);

    /** Limited, because a switch answers one command after the other, and calls use the same connection. */
    private static final int AT_ONCE = 10;

    private final Campaigns campaigns;
    private final Switches switches;

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
        Set<String> played = campaigns.all().stream()
                .sorted(Comparator.comparing(Campaign::paused))
                .flatMap(campaign -> DialString.localFiles(campaign).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return campaigns.missingFiles().toAsk(switchName, core, played, AT_ONCE);
    }

    /** Records the switch's answer to {@code file_exists}. */
    public void answered(
            @Header(EslConstants.SWITCH) String switchName,
            @ExchangeProperty("CalloutSoundFile") String file,
            @Body String answer) {
        boolean missing = answer.strip().equals("false");
        String users = campaigns.all().stream()
                .filter(campaign ->
                        !campaign.paused() && DialString.localFiles(campaign).contains(file))
                .map(Campaign::name)
                .collect(Collectors.joining(", "));
        if (campaigns.missingFiles().answered(switchName, file, missing) && !users.isEmpty()) {
            LOG.warn(
                    "Switch {} cannot read file {}, which is played to callees of {}: it would hang up on them at once",
                    switchName,
                    file,
                    users);
        }
    }
}
