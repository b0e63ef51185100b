package dev.callout.dialler.testcall;

/** A test call cannot be made now. The message is one sentence for an operator and may hold the test number. */
public final class TestCallRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean unknown;

    private TestCallRefusedException(String reason, boolean unknown, Throwable cause) {
        super(reason, cause);
        this.unknown = unknown;
    }

    static TestCallRefusedException because(String reason) {
        return new TestCallRefusedException(reason, false, null);
    }

    static TestCallRefusedException because(Exception why) {
        return new TestCallRefusedException(why.getMessage(), false, why);
    }

    /** The request names something that is not there. */
    static TestCallRefusedException unknown(String reason) {
        return new TestCallRefusedException(reason, true, null);
    }

    /** Returns whether the request names something that is not there, so that it would be refused again. */
    public boolean isUnknown() {
        return unknown;
    }
}
