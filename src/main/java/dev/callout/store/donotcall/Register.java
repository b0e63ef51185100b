package dev.callout.store.donotcall;

/**
 * A do-not-call list.
 *
 * @param list    {@code i_do_not_call_list}; 0: table {@code do_not_call}
 * @param name    the list's name; null: table {@code do_not_call}
 * @param country ISO code of the country by which its entries without + are read, as it is written there; null:
 *                {@code callout.country}
 */
public record Register(long list, String name, String country) {

    /** Table {@code do_not_call}, which binds all campaigns. */
    public static final Register COMMON = new Register(0, null, null);

    /** The text for an operator. */
    @Override
    public String toString() {
        return name == null ? "the do-not-call list" : "do-not-call list " + name;
    }
}
