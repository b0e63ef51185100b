package dev.callout.store.preview;

import dev.callout.campaign.telephone.TelephonePlace;
import java.time.Instant;

/**
 * A number, and what a claim would make of it.
 *
 * @param row     the row's id
 * @param cld     the number as stored; null if it has none
 * @param outlook whether it would be called, and if not, why
 * @param from    when it may be called, as far as is known; null: now, or not before something is changed
 * @param reason  why not now, in words without the number; null if {@link Outlook#NOW}
 * @param detail  what to write instead, for those who may see the number; null: nothing
 * @param telephone its telephone, if calling rules have judged it; else null
 * @param place     where that may be; null without it
 */
public record Previewed(
        long row,
        String cld,
        Outlook outlook,
        Instant from,
        String reason,
        String detail,
        String telephone,
        TelephonePlace place) {}
