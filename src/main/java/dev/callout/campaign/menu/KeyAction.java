package dev.callout.campaign.menu;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a key of a menu does after it has been noted. */
public enum KeyAction {

    /** Plays the key's prompt if it has one, and hangs up. */
    END(true),
    /** Hands the callee to an extension of the switch's dialplan. */
    TRANSFER(true),
    /** Hands the callee to whom the campaign hands over: {@code campaigns.hand_over}. */
    HAND_OVER(true),
    /** Plays another menu. */
    MENU(false),
    /** Plays the same menu again. */
    REPEAT(false),
    /** Puts the number on the do-not-call list, plays the key's prompt if it has one, and hangs up. */
    OPT_OUT(true);

    private final boolean last;

    KeyAction(boolean last) {
        this.last = last;
    }

    /** Returns the action of that name, in small letters; empty if there is none. */
    public static Optional<KeyAction> of(String word) {
        return Arrays.stream(values())
                .filter(action -> action.word().equals(word))
                .findFirst();
    }

    /** Returns all names, for messages. */
    public static String words() {
        return Arrays.stream(values()).map(KeyAction::word).collect(Collectors.joining(", "));
    }

    /** Returns the name, in small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether no menu follows it, so that the key must have an answer. */
    public boolean isLast() {
        return last;
    }
}
