package dev.callout.campaign.amd;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What has answered, judged by its greeting. */
public enum AnsweredBy {
    HUMAN,
    MACHINE,
    /** Nothing was said for as long as the switch listens, or it could not listen. It is treated as a person. */
    UNKNOWN;

    /** Returns the verdict of that name; empty if there is none. */
    public static Optional<AnsweredBy> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** Returns its name in notes and tables, in small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
