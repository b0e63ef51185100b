package dev.callout.campaign.telephone;

import java.util.Optional;

/**
 * By which keys the numbers of erased persons were hashed. Only who has that key can see whom not to call, and whom not to
 * import again.
 *
 * @param least    the least of the keys' {@linkplain EraseKey#sum() sums}; null: nobody has been erased
 * @param greatest the greatest of the sums; null as above
 */
public record ErasedBy(String least, String greatest) {

    /** Nobody has been erased. */
    public static final ErasedBy NONE = new ErasedBy(null, null);

    /**
     * Returns why erased persons cannot be recognised, and what to do; empty: they can, or there are none.
     *
     * @param key {@code callout.erase-key}; empty: it is not set
     */
    public Optional<String> problem(Optional<EraseKey> key) {
        String sum = key.map(EraseKey::sum).orElse("");
        if (least == null || least.equals(sum) && greatest.equals(sum)) {
            return Optional.empty();
        }
        String hashed = "table erased_telephones has persons whose numbers were hashed by ";
        return Optional.of(
                key.isEmpty()
                        ? hashed
                                + "callout.erase-key, which is not set: set it on this node, or erased persons would be"
                                + " called"
                        : hashed
                                + "another callout.erase-key: set the one with which they were erased, or erased persons"
                                + " would be called");
    }
}
