package dev.callout.campaign.gateway;

import dev.callout.campaign.telephone.Telephone;
import java.util.Locale;
import java.util.Optional;

/**
 * Whom a call goes to, as far as it decides how the call leaves.
 *
 * @param number    the number as the row has it, without separators
 * @param telephone which telephone it is; empty: its campaign has no country
 */
public record Callee(String number, Optional<Telephone> telephone) {

    /** Returns what stays the same for all calls to the callee, in whatever form the number is written. */
    String key() {
        return telephone.map(Telephone::e164).orElse(number.toLowerCase(Locale.ROOT));
    }

    /** Returns whether the number begins so: its telephone with + if that is known, else the number as it is written. */
    boolean beginsWith(String prefix) {
        return telephone.map(Telephone::e164).orElse(number).startsWith(prefix);
    }

    /** Returns whether the telephone belongs to a country, by its two letters. Without a telephone it is not known. */
    boolean isIn(String country) {
        return telephone.flatMap(Telephone::region).filter(country::equals).isPresent();
    }
}
