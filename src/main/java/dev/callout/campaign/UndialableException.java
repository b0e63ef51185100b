package dev.callout.campaign;

/**
 * Something in a table or a setting keeps a call from being dialled safely. The message is one sentence for an operator,
 * names the column or option, and never holds a password.
 */
public final class UndialableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean ofTheNumber;

    private UndialableException(String message, boolean ofTheNumber) {
        super(message);
        this.ofTheNumber = ofTheNumber;
    }

    /** The number's own row is at fault: this number fails, the campaign goes on. */
    static UndialableException number(String message) {
        return new UndialableException(message, true);
    }

    /** The campaign's row or an option is at fault: no number of the campaign can be dialled. */
    static UndialableException campaign(String message) {
        return new UndialableException(message, false);
    }

    /** True if only this number is concerned, false if every number of the campaign is. */
    public boolean isOfTheNumber() {
        return ofTheNumber;
    }
}
