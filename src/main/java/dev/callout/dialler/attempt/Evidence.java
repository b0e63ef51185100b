package dev.callout.dialler.attempt;

import dev.callout.campaign.telephone.Telephone;
import dev.callout.campaign.telephone.TelephonePlace;
import dev.callout.store.CallBase;
import dev.callout.store.claim.ClaimedNumber;
import java.time.ZoneId;
import java.util.stream.Collectors;

/**
 * What shows later why a call was made as it was.
 *
 * @param base   what it shares with other calls; null: not known, or taken over
 * @param baseId the key of the base; null: not known
 */
public record Evidence(CallBase base, Long baseId) {

    static final Evidence NONE = new Evidence(null, null);

    /**
     * The callee's time zones by which calling rules judged a number, separated by blanks: the zone that its row names, or else
     * those of its telephone; null if no rules bind the call, or if that is not known.
     */
    String zone(ClaimedNumber number) {
        if (base == null || base.rulesVersion() == null || number.e164() == null) {
            return null;
        }
        String own = number.timezone();
        return own != null && !own.isBlank()
                ? own.strip()
                : TelephonePlace.of(new Telephone(number.e164())).zones().stream()
                        .map(ZoneId::getId)
                        .sorted()
                        .collect(Collectors.joining(" "));
    }

    /** The evidence of a call that this node makes. */
    public static Evidence of(CallBase base) {
        return new Evidence(base, base.id());
    }

    /** The evidence of a call that another node has made. */
    public static Evidence takenOver(Long baseId) {
        return new Evidence(null, baseId);
    }
}
