package dev.callout.store.person;

/** Why a person is not erased now; the message is a sentence for an operator. */
public final class PersonRefusedException extends Exception {

    private static final long serialVersionUID = 1;

    PersonRefusedException(String message) {
        super(message);
    }
}
