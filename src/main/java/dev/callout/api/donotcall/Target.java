package dev.callout.api.donotcall;

import dev.callout.campaign.UndialableException;
import dev.callout.store.Statements;
import dev.callout.store.donotcall.Entry;
import java.util.List;
import java.util.Map;

/** The do-not-call list that a request is about. */
public interface Target {

    /** Returns the name of the statement that returns a page of its entries. */
    String page();

    /** Returns the name of the statement that deletes a number. */
    String delete();

    /**
     * Returns the parameters of these statements.
     *
     * @param number the number that is sought, in whatever form; null: any
     * @param after  the number behind which the page begins; empty: with the first
     */
    Map<String, Object> sought(String number, String after, long limit);

    /** @throws UndialableException if the entry would keep nobody from being called */
    Entry entry(String number) throws UndialableException;

    /** Makes sure that it is not replaced or deleted until the transaction ends. */
    void hold(Statements.Session session);

    /**
     * Adds entries, or replaces those of the same text.
     *
     * @param rows the values of {@link Entry}, {@code reason} and {@code expires}
     */
    void put(Statements.Session session, List<Map<String, Object>> rows);

    /**
     * Returns the parameters of {@code do-not-call-hang-up}.
     *
     * @param entry an entry of this list
     */
    Map<String, Object> hungUp(Entry entry);

    /** Returns the query that names it, with its question mark; empty for the list that binds all campaigns. */
    String query();
}
