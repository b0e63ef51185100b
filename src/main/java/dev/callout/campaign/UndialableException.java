package dev.callout.campaign;

/**
 * A call cannot be dialled safely, or not at all, because of a table, a setting, or a rule of a user's route. The
 * message is one sentence for an operator. It names the column or option, and never holds a password.
 */
public final class UndialableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean ofTheNumber;
    /** The word for what is wrong; null: the message stands for it. */
    private final String word;

    /**
     * This number is not to be dialled, neither now nor later; the campaign goes on. A route may throw this exception
     * while a number is on its way to the switch: the number is then finished, uncharged.
     *
     * @param message why; becomes the number's {@code hangup_cause}, where it is cut to 255 characters
     */
    public UndialableException(String message) {
        this(message, true, null);
    }

    private UndialableException(String message, boolean ofTheNumber, String word) {
        super(message);
        this.ofTheNumber = ofTheNumber;
        this.word = word;
    }

    /** The number's own row is at fault. This number fails; the campaign goes on. */
    public static UndialableException number(String message) {
        return new UndialableException(message, true, null);
    }

    /**
     * The number is no telephone that may be dialled. This number fails; the campaign goes on.
     *
     * @param word becomes the number's {@code hangup_cause}, in the form of the switch's causes, such as NOT_A_NUMBER
     */
    public static UndialableException telephone(String word, String message) {
        return new UndialableException(message, true, word);
    }

    /**
     * A variable of the number is missing, or cannot be sent. This number fails; the campaign goes on.
     *
     * @param cause becomes the number's {@code hangup_cause}: a word and the variable's name, such as MISSING_VARIABLE amount
     */
    public static UndialableException variable(String cause, String message) {
        return new UndialableException(message, true, cause);
    }

    /** The campaign's row or an option is at fault. No number of the campaign can be dialled. */
    public static UndialableException campaign(String message) {
        return new UndialableException(message, false, null);
    }

    /** Returns what becomes the number's {@code hangup_cause}: a word such as NOT_A_NUMBER, or the message. */
    public String hangupCause() {
        return word == null ? getMessage() : word;
    }

    /** Returns true if only this number is concerned, false if every number of the campaign is. */
    public boolean isOfTheNumber() {
        return ofTheNumber;
    }
}
