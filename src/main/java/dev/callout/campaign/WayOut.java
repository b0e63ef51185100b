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
 * @param gatewayGroup     {@code gateway_group}: the gateways among which each call chooses, instead of
 *                         {@code profile_gateway}; null: none
 * @param credentials      identity for SIP authentication
 * @param callerId         {@code cli}; null: none
 * @param callerIdPool     {@code caller_id_pool}: the caller IDs among which the callees are divided, before
 *                         {@code cli}; null: none
 * @param header           the campaign's own SIP header
 * @param codecList        codecs to offer, separated by commas; null: the switch's own
 * @param originateTimeout {@code timeout_sec}: how long to wait for an answer
 */
public record WayOut(
        String gateway,
        String gatewayGroup,
        Credentials credentials,
        String callerId,
        String callerIdPool,
        Header header,
        String codecList,
        Duration originateTimeout) {

    /**
     * Identity for SIP authentication.
     *
     * @param username null: none
     * @param password {@code md5secret}, the password of that user; null: none; never shown
     */
    public record Credentials(String username, String password) {

        @Override
        public String toString() {
            return "Credentials[username=" + username + ", password=" + (password == null ? "none" : "***") + "]";
        }
    }

    /**
     * The campaign's own SIP header. There is none if either is null.
     *
     * @param name  {@code add_custom_header_name}
     * @param value {@code add_custom_header_value}
     */
    public record Header(String name, String value) {}

    /**
     * The gateways that its calls may leave by.
     *
     * @param group the group that names them; null: none
     * @param one   the only one, if there is no group; null: the SIP proxy
     */
    public record Gateways(String group, String one) {}

    /** Stands for a caller ID that is chosen from a pool when the call is made. */
    public static final String FROM_POOL = "*";

    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
    private static final Pattern MD5 = Pattern.compile("[0-9A-Fa-f]{32}");

    /** Refuses a missing time-out. */
    public WayOut {
        Objects.requireNonNull(originateTimeout, "originateTimeout");
    }

    /** Returns which gateways its calls may leave by. Campaigns with equal ones share them. */
    public Gateways gateways() {
        return new Gateways(gatewayGroup, gatewayGroup == null ? gateway : null);
    }

    /**
     * Returns what callees see as the caller where a number has no caller ID of its own, as far as the campaign says:
     * {@link #FROM_POOL}, or {@code cli}; null: the campaign says nothing.
     */
    public String shownCallerId() {
        return callerIdPool == null ? callerId : FROM_POOL;
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
                        SafeText.orNull(credentials.password()) == null
                                || SafeText.orNull(credentials.username()) != null,
                        "md5secret is set, but username is not")
                .list();
    }

    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (gatewayGroup != null && gateway != null) {
            warnings.add("profile_gateway is not used, because gateway_group is set");
        }
        if (credentials.password() != null
                && MD5.matcher(credentials.password().strip()).matches()) {
            warnings.add(
                    "md5secret has 32 hexadecimal digits: it is used as a plain password, so an MD5 hash does not work");
        }
        if (header.name() != null
                && header.value() != null
                && !header.name().strip().startsWith("sip_h_")) {
            String name = Printable.of(header.name().strip());
            warnings.add("add_custom_header_name is " + name + ": the variable sip_h_" + name
                    + " is set, and FreeSWITCH sends it as a header of that name");
        }
        return warnings;
    }

    /** For logs: holds no password and no caller ID. */
    @Override
    public String toString() {
        return "WayOut[gateway=" + gateway + ", gatewayGroup=" + gatewayGroup + ", credentials=" + credentials
                + ", originateTimeout=" + originateTimeout + ", codecList=" + codecList + "]";
    }
}
