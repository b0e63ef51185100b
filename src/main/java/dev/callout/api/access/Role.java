package dev.callout.api.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may do. Each role includes those before it. Karaf's role {@code manager} is the operator. */
public enum Role {
    /** Reads. Telephone numbers are masked. */
    VIEWER,
    /** Runs campaigns, imports numbers, and adds to the do-not-call list. */
    OPERATOR,
    /** Does everything: removes from the do-not-call list, manages tokens, reads the audit. */
    ADMIN;

    /** Returns the role's name in the API, in table {@code api_tokens} and in the header of a proxy. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the role of that name; empty if there is none. */
    public static Optional<Role> of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** Returns whether who has this role may do what needs the other. */
    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }
}
