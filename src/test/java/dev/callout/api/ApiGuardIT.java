package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.testbed.FreePort;
import dev.callout.testbed.Installation;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bound to every address, so with a token. */
class ApiGuardIT {

    private static final String TOKEN = "s3cret-s3cret-s3cret";
    private static final List<String> BODIES = List.of(
            "",
            "{",
            "null",
            "[]",
            "1",
            "\" \"",
            "{\"name\":1}",
            "{\"name\":null}",
            "{\"name\":\"\\u0000\"}",
            "{\"name\":\"\"}",
            "{\"number\":{}}",
            "{\"file\":[]}",
            "{\"max_attempts\":1e99}",
            "{\"max_attempts\":99999999999999999999}",
            "{\"name\":\"x\",\"name\":\"y\"}",
            "{\"records\":[1]}",
            "{\"i_schedule\":7}",
            "{\"holidays\":[{\"date\":1}]}",
            "{\"date\":\"2027-02-30\"}",
            "{\"cron\":\"0 0 9 * * ?\"}",
            "{\"datetime_start\":\"2027-02-30T00:00:00\"}",
            "{\"time_between_calls\":-1}",
            "{\"nonsense\":true}",
            "\uD83D\uDE00",
            "{\"name\":\"\uD83D\uDE00\",\"timezone\":\"Mars/Base\"}",
            "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]",
            "{} {}");

    private static Installation installation;
    private static ApiClient api;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.next();
        installation = Installation.builder()
                .with("CALLOUT_HTTP_PORT", Integer.toString(port))
                .with("CALLOUT_HTTP_BIND", "0.0.0.0")
                .with("CALLOUT_HTTP_TOKEN", TOKEN)
                .with("CALLOUT_HTTP_HOSTS", "dialler.example")
                .start();
        installation.campaign("theirs", Map.of("paused", 1));
        api = new ApiClient(port);
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static List<Map.Entry<String, String>> operations() throws Exception {
        List<Map.Entry<String, String>> operations = new ArrayList<>();
        JsonNode document = new ObjectMapper().readTree(ApiGuardIT.class.getResourceAsStream("openapi.json"));
        document.get("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(verb -> operations.add(Map.entry(
                        verb.toUpperCase(Locale.ROOT),
                        path.getKey()
                                .replace("{name}", "theirs")
                                .replace("{key}", "1")
                                .replace("{number}", "1")
                                .replace("{date}", "2027-01-01")
                                .replace("{uuid}", "00000000-0000-4000-8000-000000000001")))));
        return operations;
    }

    private static String state() throws Exception {
        return installation.column(
                        "SELECT CONCAT_WS(',', i_campaign, name, paused, max_attempts, run_started) FROM campaigns")
                + installation.column("SELECT cld FROM campaign_phones").toString()
                + installation.column("SELECT name FROM schedules")
                + installation.column("SELECT file FROM ivr_prompts")
                + installation.column("SELECT number FROM do_not_call")
                + installation.column("SELECT name FROM holiday_calendars")
                + installation.column("SELECT date FROM holidays")
                + installation.column("SELECT cron FROM timetables")
                + installation.column("SELECT name FROM api_tokens");
    }

    @Test
    void withoutTheRightTokenNothingIsAnsweredAndNothingDone() throws Exception {
        String before = state();
        for (Map.Entry<String, String> operation : operations()) {
            for (String header :
                    new String[] {null, "Bearer ", "Bearer wrong", "Basic " + TOKEN, "Bearer " + TOKEN + "x"}) {
                HttpRequest.Builder request = api.request(operation.getValue())
                        .method(
                                operation.getKey(),
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"name\":\"intruder\",\"number\":\"1\",\"file\":\"x\"}"))
                        .header("Content-Type", "application/json");
                if (header != null) {
                    request.header("Authorization", header);
                }
                ApiClient.Reply reply = api.send(request);
                assertThat(reply.status()).as("%s with %s", operation, header).isEqualTo(401);
                assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
            }
        }
        assertThat(state()).isEqualTo(before);
        assertThat(api.send(api.request("/api/campaigns").header("Authorization", "Bearer " + TOKEN))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void thePageIsServedWithoutTokenAndNothingElseThatLooksLikeIt() throws Exception {
        ApiClient.Reply page = api.get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none';")
                .doesNotContain("unsafe");
        assertThat(page.text()).doesNotContain("theirs");
        Map<String, String> types = Map.of(
                "page.js",
                "text/javascript; charset=utf-8",
                "page.css",
                "text/css; charset=utf-8",
                "chart.js",
                "text/javascript; charset=utf-8",
                "icon.svg",
                "image/svg+xml");
        for (String file : types.keySet()) {
            assertThat(api.get("/" + file).header("Content-Type")).isEqualTo(types.get(file));
        }
        ApiClient.Reply again = api.send(api.request("/").header("If-None-Match", page.header("ETag")));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
        for (String path : List.of(
                "/index.html/..",
                "/page.js/../api/campaigns",
                "/page.js;/api/campaigns",
                "/nothing.js",
                "/openapi.json",
                "/page.js?x=1",
                "//page.js",
                "/api/campaigns#/page.js")) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .as(path)
                    .isEqualTo("HTTP/1.1 401");
        }
        assertThat(raw("POST /page.js HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo("HTTP/1.1 401");
    }

    @Test
    void aNameOfSomebodyElsesIsNotAnsweredTokenOrNot() throws Exception {
        String right = "\r\nAuthorization: Bearer " + TOKEN + "\r\n\r\n";
        for (String host :
                List.of("evil.example", "evil.example:80", "127.0.0.1.evil.example", "dialler.example.evil")) {
            assertThat(raw("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
                    .as(host)
                    .isEqualTo("HTTP/1.1 403");
            assertThat(raw("GET /api/campaigns HTTP/1.1\r\nHost: " + host + right))
                    .as(host)
                    .isEqualTo("HTTP/1.1 403");
        }
        for (String host :
                List.of("Dialler.example", "dialler.example:8080", "callout:8080", "10.1.2.3", "[fe80::1]:8080")) {
            assertThat(raw("GET /api/campaigns HTTP/1.1\r\nHost: " + host + right))
                    .as(host)
                    .isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void headIsAnsweredAsGetWithoutTheBody() throws Exception {
        for (String path :
                List.of("/page.js", "/api/campaigns", "/api/campaigns/theirs/attempts?format=csv", "/nothing")) {
            String request = " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                    + TOKEN + "\r\n\r\n";
            String get = whole("GET" + request);
            String head = whole("HEAD" + request);
            assertThat(head).as(path).endsWith("\r\n\r\n").isEqualTo(get.substring(0, get.indexOf("\r\n\r\n") + 4));
        }
    }

    private static String whole(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aPageFromElsewhereIsNotAnswered() throws Exception {
        ApiClient.Reply reply = api.send(api.request("/api/campaigns")
                .header("Authorization", "Bearer " + TOKEN)
                .header("Origin", "http://evil.example"));
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("Access-Control-Allow-Origin")).isNull();
    }

    @Test
    void nonsenseIsTheClientsFaultAndChangesNothing() throws Exception {
        String before = state();
        Random random = new Random(7);
        for (Map.Entry<String, String> operation : operations()) {
            if (operation.getValue().equals("/api/do-not-call/numbers")) {
                // It takes lines of text, of which 1 is a number.
                continue;
            }
            boolean takesNoBody = operation.getKey().equals("GET")
                    || operation.getKey().equals("DELETE")
                    || operation.getValue().matches(".*/(start|stop|pause|resume|resume-all|reload|undo)");
            for (String body : takesNoBody ? List.of("") : BODIES) {
                String query = takesNoBody ? "?nonsense=" + random.nextInt() : "";
                ApiClient.Reply reply = send(operation.getKey(), operation.getValue() + query, body);
                assertThat(reply.status())
                        .as("%s %s: %s", operation, body, reply.text())
                        .isBetween(body.isEmpty() || body.equals("[]") || body.startsWith("[[") ? 200 : 400, 499);
            }
        }
        for (String path : List.of(
                "/api/campaigns/%ff",
                "/api/campaigns/%00",
                "/api/campaigns/..%2f..",
                "/api/campaigns?limit=0",
                "/api/campaigns?limit=x",
                "/api/campaigns/theirs/numbers?after=-1",
                "/api/schedules/999999999999999999999",
                "/api/prompts/x",
                "/api/do-not-call/%20%20",
                "//",
                "/api/campaigns?limit=1&limit=2",
                "/%")) {
            String raw = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                    + "\r\nConnection: close\r\n\r\n");
            assertThat(raw).as(path).startsWith("HTTP/1.1 4");
        }
        assertThat(raw("GARBAGE\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("POST /api/campaigns HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TOKEN
                        + "\r\nContent-Length: 99999999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
        assertThat(raw("GET /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 4");
        assertThat(state()).isEqualTo(before);
    }

    private static ApiClient.Reply send(String method, String path, String body) throws Exception {
        return api.send(api.request(path)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + TOKEN));
    }

    private static String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            byte[] answer = socket.getInputStream().readNBytes(12);
            return new String(answer, StandardCharsets.UTF_8);
        }
    }
}
