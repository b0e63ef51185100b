package dev.callout.settings;

/**
 * Where the campaigns and their numbers are kept.
 *
 * @param url         JDBC URL of a MariaDB server, beginning {@code jdbc:mariadb:} and holding no password
 * @param user        who logs in
 * @param password    the user's password, empty if there is none; never shown
 * @param alterTables whether existing tables that campaigns name as destination lists may be altered
 */
public record DatabaseSettings(String url, String user, String password, boolean alterTables) {

    /** Which database it is, and as whom it is used; without the URL's options. */
    public String name() {
        return url.replaceFirst("\\?.*", "") + " as " + user;
    }

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url.replaceFirst("\\?.*", "?...") + ", user=" + user + "]";
    }
}
