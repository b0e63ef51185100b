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

    @Override
    public String toString() {
        return "DatabaseSettings[url=" + url.replaceFirst("\\?.*", "?...") + ", user=" + user + "]";
    }
}
