package dev.callout.settings;

import java.util.Optional;

/**
 * Where the campaigns and their numbers are kept.
 *
 * @param url         JDBC URL of a MariaDB server. It begins with {@code jdbc:mariadb:} and holds no password
 * @param user        the database user
 * @param password    the user's password, empty if there is none; never shown
 * @param alterTables whether existing tables that campaigns name as destination lists may be altered
 * @param auditDays   for how many days entries of table {@code audit} are kept; empty: for ever
 */
public record DatabaseSettings(
        String url, String user, String password, boolean alterTables, Optional<Integer> auditDays) {

    /** Returns which database it is and the user's name, without the URL's options. */
    public String name() {
        return url.replaceFirst("\\?.*", "") + " as " + user;
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url.replaceFirst("\\?.*", "?...") + ", user=" + user + "]";
    }
}
