package dev.callout.campaign.menu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The keys of menus that a callee has pressed. The switch notes them itself: for each, {@code ;KEY:ACTION:ANSWER} in a
 * channel variable. So the event of the call's end tells them, also to another node, and whatever has become of the menu
 * meanwhile. What is not written in that form is no key.
 *
 * @param keys in the order in which they were pressed
 */
public record PressedKeys(List<Pressed> keys) {

    /** No key was pressed, or the call has no menu. */
    public static final PressedKeys NONE = new PressedKeys(List.of());

    /** More than a call can have: the switch allows 70 transfers. */
    private static final int MOST_KEYS = 64;

    private static final Pattern NOTE = Pattern.compile(";([0-9*#]):([a-z_]{1,16}):([a-z0-9_-]{0,32})(?![^;])");

    /**
     * One key.
     *
     * @param answer the word that the menu has for it; null: none
     */
    public record Pressed(String key, KeyAction action, String answer) {}

    /** Copies the keys. */
    public PressedKeys {
        keys = List.copyOf(keys);
    }

    /** Returns the note of a key, which is part of a dial string. */
    public static String note(MenuKey key) {
        return ";" + key.key() + ":" + key.action().word() + ":" + (key.answer() == null ? "" : key.answer());
    }

    /** Reads the channel variable; null: no key. */
    public static PressedKeys of(String variable) {
        if (variable == null) {
            return NONE;
        }
        List<Pressed> keys = new ArrayList<>();
        Matcher note = NOTE.matcher(variable);
        while (note.find() && keys.size() < MOST_KEYS) {
            String answer = note.group(3).isEmpty() ? null : note.group(3);
            String key = note.group(1);
            KeyAction.of(note.group(2)).ifPresent(action -> keys.add(new Pressed(key, action, answer)));
        }
        return keys.isEmpty() ? NONE : new PressedKeys(keys);
    }

    /** Returns keys that were written as {@link #digits} and {@link #answer}; null: there are none. */
    public static PressedKeys written(String digits, String answer) {
        if (digits == null || digits.isEmpty()) {
            return NONE;
        }
        return new PressedKeys(digits.chars()
                .mapToObj(digit -> new Pressed(String.valueOf((char) digit), KeyAction.END, answer))
                .toList());
    }

    /** Returns all keys as one text such as {@code 21}; null: none was pressed. */
    public String digits() {
        return keys.isEmpty() ? null : keys.stream().map(Pressed::key).collect(Collectors.joining());
    }

    /** Returns the answer of the last key that has one; null: there is none. */
    public String answer() {
        return keys.stream()
                .map(Pressed::answer)
                .flatMap(answer -> Optional.ofNullable(answer).stream())
                .reduce((one, later) -> later)
                .orElse(null);
    }

    /** Returns whether the callee does not want to be called again. */
    public boolean optsOut() {
        return keys.stream().anyMatch(key -> key.action() == KeyAction.OPT_OUT);
    }

    /** Returns whether the callee was handed to an extension, which Callout does not know. */
    public boolean transferred() {
        KeyAction last = keys.isEmpty() ? null : keys.get(keys.size() - 1).action();
        return last == KeyAction.TRANSFER || last == KeyAction.HAND_OVER;
    }
}
