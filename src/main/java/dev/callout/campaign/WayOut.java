package dev.callout.campaign;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a campaign's calls leave the switch, and with which identity.
 *
 * @param gateway          {@code profile_gateway} as {@code profile/gateway}; null: the SIP proxy
 * @param username         user name for SIP authentication; null: none
 * @param password         {@code md5secret}, the password of that user; null: none; never shown
 * @param callerId         {@code cli}; null: the called number
 * @param headerName       {@code add_custom_header_name}; null: no header
 * @param headerValue      {@code add_custom_header_value}; null: no header
 * @param codecList        codecs to offer, separated by commas; null: the switch's own
 * @param originateTimeout {@code timeout_sec}: how long to wait for an answer
 */
public record WayOut(
        String gateway,
        String username,
        String password,
        String callerId,
        String headerName,
        String headerValue,
        String codecList,
        Duration originateTimeout) {

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final Pattern MD5 = Pattern.compile("[0-9A-Fa-f]{32}");

    public WayOut {
        Objects.requireNonNull(originateTimeout, "originateTimeout");
    }

    List<String> problems() {
        return new Problems()
                .unless(
                        originateTimeout.compareTo(Duration.ofSeconds(1)) >= 0,
                        "timeout_sec is " + Problems.seconds(originateTimeout) + ": it must be at least 1 second")
                .unless(
                        originateTimeout.compareTo(LONGEST_TIMEOUT) <= 0,
                        "timeout_sec is " + Problems.seconds(originateTimeout) + ": it must be at most "
                                + LONGEST_TIMEOUT.toSeconds())
                .unless(
                        SafeText.orNull(password) == null || SafeText.orNull(username) != null,
                        "md5secret is set, but username is not")
                .list();
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (password != null && MD5.matcher(password.strip()).matches()) {
            warnings.add(
                    "md5secret has 32 hexadecimal digits: it is sent as the password it is said to be, an MD5 hash would"
                            + " not do");
        }
        if (headerName != null && headerValue != null && !headerName.strip().startsWith("sip_h_")) {
            warnings.add("add_custom_header_name is " + Printable.of(headerName.strip()) + ": the variable sip_h_"
                    + Printable.of(headerName.strip()) + " is set, which FreeSWITCH makes a header of that name of");
        }
        return warnings;
    }

    /** For logs: holds no password and no caller ID. */
    @Override
    public String toString() {
        return "WayOut[gateway=" + gateway + ", username=" + username + ", password="
                + (password == null ? "none" : "***") + ", originateTimeout=" + originateTimeout + ", codecList="
                + codecList + "]";
    }
}
