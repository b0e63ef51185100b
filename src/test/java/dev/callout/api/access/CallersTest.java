package dev.callout.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.settings.HttpSettings;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallersTest {

    private static final String ADMIN = "s3cret-s3cret-s3cret";
    private static final HttpSettings OPEN = new HttpSettings("127.0.0.1", 1, Optional.empty(), Set.of(), Set.of());
    private static final HttpSettings TOKEN = new HttpSettings("127.0.0.1", 1, Optional.of(ADMIN), Set.of(), Set.of());
    private static final HttpSettings PROXY =
            new HttpSettings("127.0.0.1", 1, Optional.empty(), Set.of(), Set.of("10.0.0.7"));

    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final List<Set<String>> used = new ArrayList<>();
    private SQLException fault;
    private final ApiTokens tokens = new ApiTokens(names -> {
        if (fault != null) {
            throw fault;
        }
        used.add(names);
        return rows;
    });

    private void given(String name, String role, String token, int expired) {
        rows.add(Map.of("name", name, "role", role, "hash", ApiTokens.hash(token), "expired", expired));
    }

    private Caller caller(HttpSettings http, String peer, String... headers) throws Exception {
        return new Callers(tokens).of(http, peer, name -> {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < headers.length; i += 2) {
                if (headers[i].equals(name)) {
                    values.add(headers[i + 1]);
                }
            }
            return values;
        });
    }

    private void isRefused(HttpSettings http, String peer, String... headers) {
        assertThatThrownBy(() -> caller(http, peer, headers)).isInstanceOf(Callers.UnknownException.class);
    }

    @Test
    void withoutTokensEverybodyMayDoEverything() throws Exception {
        tokens.refresh();
        assertThat(caller(OPEN, "127.0.0.1")).isEqualTo(new Caller("local", Role.ADMIN, "127.0.0.1"));
    }

    @Test
    void aTokenInTheTableMakesAllOthersSayWhoTheyAreEvenIfItHasExpired() throws Exception {
        given("old", "admin", "old-token", 1);
        tokens.refresh();
        isRefused(OPEN, "127.0.0.1");
        isRefused(OPEN, "127.0.0.1", "Authorization", "Bearer old-token");
        given("night", "operator", "night-token", 0);
        given("odd", "chief", "odd-token", 0);
        tokens.refresh();
        assertThat(caller(OPEN, "127.0.0.1", "Authorization", "bearer night-token"))
                .isEqualTo(new Caller("token night", Role.OPERATOR, "127.0.0.1"));
        isRefused(OPEN, "127.0.0.1", "Authorization", "Bearer odd-token");
        isRefused(OPEN, "127.0.0.1", "Authorization", "Bearer night-token2");
        isRefused(OPEN, "127.0.0.1", "Authorization", "Bearer night-token", "Authorization", "Bearer night-token");
        tokens.refresh();
        assertThat(used).last().isEqualTo(Set.of("night"));
    }

    @Test
    void theTokenOfTheSettingsIsTheAdministrators() throws Exception {
        tokens.refresh();
        assertThat(caller(TOKEN, "10.0.0.1", "Authorization", "Bearer " + ADMIN))
                .isEqualTo(new Caller("callout.http.token", Role.ADMIN, "10.0.0.1"));
        isRefused(TOKEN, "10.0.0.1");
    }

    @Test
    void whileTheTableHasNotBeenReadNobodyChangesAnythingWithoutAToken() throws Exception {
        fault = new SQLException("away");
        tokens.refresh();
        assertThat(caller(OPEN, "127.0.0.1").role()).isEqualTo(Role.VIEWER);
        assertThat(caller(TOKEN, "127.0.0.1", "Authorization", "Bearer " + ADMIN)
                        .role())
                .isEqualTo(Role.ADMIN);
        fault = new SQLException("no such table", "42S02", 1146);
        tokens.refresh();
        assertThat(caller(OPEN, "127.0.0.1").role()).isEqualTo(Role.ADMIN);
    }

    @Test
    void whenTheDatabaseGoesAwayTheTokensThatWereReadLastStillCount() throws Exception {
        given("night", "operator", "night-token", 0);
        tokens.refresh();
        fault = new SQLException("away");
        tokens.refresh();
        assertThat(caller(OPEN, "127.0.0.1", "Authorization", "Bearer night-token")
                        .role())
                .isEqualTo(Role.OPERATOR);
        isRefused(OPEN, "127.0.0.1");
    }

    @Test
    void onlyATrustedProxyNamesUsers() throws Exception {
        tokens.refresh();
        String[] anna = {"X-Callout-User", "anna", "X-Callout-Role", "operator"};
        assertThat(caller(PROXY, "10.0.0.7", anna)).isEqualTo(new Caller("user anna", Role.OPERATOR, "10.0.0.7"));
        assertThat(caller(
                                PROXY,
                                "10.0.0.7",
                                "X-Callout-User",
                                "anna",
                                "X-Callout-Role",
                                "viewer",
                                "X-Forwarded-For",
                                "1.2.3.4, 192.168.0.9")
                        .address())
                .isEqualTo("192.168.0.9");
        isRefused(PROXY, "10.0.0.8", anna);
        isRefused(PROXY, "10.0.0.7");
        isRefused(PROXY, "10.0.0.7", "X-Callout-User", "anna");
        isRefused(PROXY, "10.0.0.7", "X-Callout-User", "anna", "X-Callout-Role", "chief");
        isRefused(PROXY, "10.0.0.7", "X-Callout-User", "", "X-Callout-Role", "admin");
        isRefused(PROXY, "10.0.0.7", "X-Callout-User", "anna", "X-Callout-Role", "viewer", "X-Callout-Role", "admin");
        assertThat(caller(OPEN, "10.0.0.7", anna).name()).isEqualTo("local");
    }

    @Test
    void whatNobodyHasListedNeedsTheAdministrator() {
        assertThat(Permissions.needed("GET", "/api/campaigns/spring")).isEqualTo(Role.VIEWER);
        assertThat(Permissions.needed("HEAD", "/api/campaigns")).isEqualTo(Role.VIEWER);
        assertThat(Permissions.needed("POST", "/api/campaigns/spring/start")).isEqualTo(Role.OPERATOR);
        for (String path : List.of(
                "/api//campaigns/spring/start",
                "/api/campaigns/spring/start/",
                "/API/campaigns/spring/start",
                "/api/campaigns/a/b/start",
                "/api/campaigns/spring/start;x",
                "/mine")) {
            assertThat(Permissions.needed("POST", path)).as(path).isEqualTo(Role.ADMIN);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "+49 30 23125456,+4930…56",
        "030/23125456,03023…56",
        "12345678,12…78",
        "1234567,…",
        "1001,…",
        "sip-1234567890,sip12…90"
    })
    void aMaskedNumberTellsWhereItIsButNotWhoItIs(String number, String masked) {
        assertThat(Caller.masked(number)).isEqualTo(masked);
    }

    @Test
    void aViewerSeesNoTextThatMaySayAnythingOfACallee() {
        Map<String, Object> row = Map.of(
                "consent", "anna@example.org, 2026-05-01", "report_note", "moved to +4930111", "agent", "4930222");
        assertThat(new Caller("one", Role.VIEWER, "").shown(row).values()).containsOnly("\u2026");
        assertThat(new Caller("one", Role.OPERATOR, "").shown(row)).isEqualTo(row);
    }
}
