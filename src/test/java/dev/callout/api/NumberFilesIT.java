package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.files.WorkbookFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFilesIT extends ServedInstallation {

    @Test
    void anImportTellsOfEachLineWhatBecameOfIt() throws Exception {
        api.post("/api/campaigns", campaign("import"));
        api.post("/api/do-not-call", Map.of("number", "030-5", "reason", "asked us not to"));
        String lines = "number,name\n0301,a\n0302,\"b\nb\"\n030 1,c\n\n;;,d\n030/5,e\n0306,f\n";

        ApiClient.Reply nothing = api.send("POST", "/api/campaigns/import/numbers", "text/csv", lines);
        assertThat(nothing.status()).isEqualTo(422);
        assertThat(nothing.json())
                .containsEntry("imported", false)
                .containsEntry("accepted", 0)
                .containsEntry("refused", 1);
        assertThat(api.get("/api/campaigns/import/numbers").json().get("numbers"))
                .isEqualTo(List.of());

        ApiClient.Reply good = api.send("POST", "/api/campaigns/import/numbers?mode=good", "text/csv", lines);
        assertThat(good.json())
                .as(good.text())
                .containsEntry("accepted", 3)
                .containsEntry("duplicate", 1)
                .containsEntry("do_not_call", 1)
                .containsEntry("refused", 1)
                .containsEntry("variables", List.of("name"))
                .containsEntry("warned", 1)
                .containsEntry("ignored_columns", List.of());
        assertThat(good.text())
                .contains("{\"line\":5,\"cld\":\"030 1\",")
                .contains("{\"line\":7,\"cld\":\";;\",")
                .contains("{\"line\":8,\"cld\":\"030/5\",");

        ApiClient.Reply again = api.send(
                "POST",
                "/api/campaigns/import/numbers",
                "application/json",
                "[\"0301\", {\"cld\":\"0307\",\"priority\":3}]");
        assertThat(again.json()).as(again.text()).containsEntry("accepted", 1).containsEntry("duplicate", 1);
        assertThat(api.get("/api/campaigns/import/numbers?cld=0307").text()).contains("\"priority\":3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name,street\\nBob,0301|No cell of line 1 shows which column holds the numbers",
                "telefon;handy\\n0301;0302|Line 1 has more than one column that may hold the numbers",
                "cld,cld\\n0301,0302|The heading has two columns cld or number",
                "number,cld\\n0301,0302|The heading has two columns cld or number",
                "cld,priority\\n0301,1,0302|the line has 3 cells, where there are 2 columns",
                "0301,,,x|the line has 4 cells, where there are 3 columns",
                "0301\\nabc def ghi|letters and blanks are no number",
                "0301\\n4.93E+11|a power of ten"
            })
    void whatIsNoNumberIsNotTakenForOne(String lines, String reason) throws Exception {
        api.post("/api/campaigns", campaign("refusing"));
        ApiClient.Reply reply =
                api.send("POST", "/api/campaigns/refusing/numbers", "text/csv", lines.replace("\\n", "\n"));
        assertThat(reply.status()).isIn(400, 422);
        assertThat(reply.text()).contains(reason);
        assertThat(api.get("/api/campaigns/refusing/numbers").json().get("numbers"))
                .isEqualTo(List.of());
    }

    /** What a file is, its content decides: its type is the one that a browser or curl sends, or none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet|xlsx|",
                "application/octet-stream|xlsx|gzip",
                "|csv|gzip",
                "application/vnd.ms-excel|csv|",
                "text/plain|csv|",
                "text/csv|csv|gzip",
                "application/octet-stream|json|",
                "application/gzip|json|gzip"
            })
    void aFileIsImportedAsWhatItHolds(String type, String content, String packed) throws Exception {
        byte[] file = content.equals("xlsx")
                ? WorkbookFile.of(
                        "<row><c t='s'><v>0</v></c></row><row><c><v>4.93023125011E+12</v></c></row>"
                                + "<row><c s='1'><v>46000</v></c></row>",
                        "Telefon")
                : (content.equals("csv") ? "sep=|\r\nTelefon\r\n4930231250110\r\n;\r\n" : "[\"4930231250110\", \";\"]")
                        .getBytes(StandardCharsets.UTF_8);
        String name = ("of-" + type + "-" + content + "-" + packed).replace('/', '-');
        api.post("/api/campaigns", campaign(name));
        String path = "/api/campaigns/" + name + "/numbers";
        HttpRequest.Builder request = api.request(path + "?mode=good")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed == null ? file : gzip(file)));
        if (type != null) {
            request.header("Content-Type", type);
        }
        ApiClient.Reply reply = api.send(packed == null ? request : request.header("Content-Encoding", packed));
        assertThat(reply.json()).as(reply.text()).containsEntry("accepted", 1).containsEntry("refused", 1);
        assertThat(api.get(path).text()).contains("\"cld\":\"4930231250110\"");
    }

    private static byte[] gzip(byte[] file) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(file);
        }
        return packed.toByteArray();
    }

    @Test
    void whatCannotBeReadIsRefusedAndNothingOfItImported() throws Exception {
        api.post("/api/campaigns", campaign("damaged"));
        String lines = "number\n" + "0301\n".repeat(100_000);
        byte[] packed = gzip(lines.getBytes(StandardCharsets.UTF_8));
        ApiClient.Reply damaged = api.send(api.request("/api/campaigns/damaged/numbers?mode=good")
                .POST(HttpRequest.BodyPublishers.ofByteArray(packed, 0, packed.length / 2)));
        assertThat(damaged.status()).isEqualTo(400);
        assertThat(damaged.text()).contains("Behind line ", "gzip file is damaged or cut off");
        for (String type : List.of("application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            assertThat(api.send("POST", "/api/campaigns/damaged/numbers", type, "number=0301")
                            .status())
                    .isEqualTo(415);
        }
        assertThat(api.send(api.request("/api/campaigns/damaged/numbers")
                                .header("Content-Encoding", "br")
                                .POST(HttpRequest.BodyPublishers.ofString("0301\n")))
                        .text())
                .contains("Content-Encoding br cannot be read: use gzip or none");
        assertThat(api.get("/api/campaigns/damaged/numbers").json().get("numbers"))
                .isEqualTo(List.of());
    }

    @Test
    void columnsThatDoNotShowWhatTheyHoldAreNamedByTheRequest() throws Exception {
        api.post("/api/campaigns", campaign("columns"));
        String path = "/api/campaigns/columns/numbers";
        String lines = "Kundin,Tel. priv.,Rang,timezone,Vorname (2)\nAnn,0301,4,Europe/Berlin,x\n";
        ApiClient.Reply asked = api.send("POST", path, "text/csv", lines);
        assertThat(asked.status()).isEqualTo(400);
        assertThat(asked.json())
                .containsEntry("columns", List.of("Kundin", "Tel. priv.", "Rang", "timezone", "Vorname (2)"));
        ApiClient.Reply named =
                api.send("POST", path + "?column.number=Tel.%20priv.&column.priority=rang", "text/csv", lines);
        assertThat(named.json())
                .as(named.text())
                .containsEntry("accepted", 1)
                .containsEntry("variables", List.of("kundin"))
                .containsEntry("ignored_columns", List.of("Vorname (2)"));
        assertThat(api.get(path).text()).contains("\"cld\":\"0301\"", "\"priority\":4");
        assertThat(api.send("POST", path + "?column.zone=timezone", "text/csv", lines)
                        .text())
                .contains("There is no query parameter column.zone here");
        assertThat(api.send("POST", path + "?column.number=x", "application/json", "[]")
                        .text())
                .contains("JSON has no columns to be named");
    }

    @Test
    void extensionsWithLettersAndEmptyCellsAtTheEndOfALineAreTaken() throws Exception {
        api.post("/api/campaigns", campaign("extensions"));
        assertThat(api.send("POST", "/api/campaigns/extensions/numbers", "text/csv", "cld,callerid\nalice\nbob,, ,\n")
                        .json())
                .containsEntry("accepted", 2);
    }

    @Test
    void whileLargeFilesAreUploadedSlowlyAndQuicklyTheHealthIsTold() throws Exception {
        String path = api.post("/api/campaigns", campaign("uploads")).header("Location") + "/numbers";
        String numbers = IntStream.range(0, 100_000)
                .mapToObj(i -> "+49 30 " + i + "\n")
                .collect(Collectors.joining("", "cld\n", ""));
        byte[] slow = numbers.replace("+49", "+43").getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            socket.setSoTimeout(120_000);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/csv\r\n"
                                    + "Connection: close\r\nContent-Length: " + slow.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(slow, 0, slow.length / 2);
            CompletableFuture<ApiClient.Reply> quick = CompletableFuture.supplyAsync(() -> {
                try {
                    return api.send("POST", path, "text/csv", numbers);
                } catch (IOException | InterruptedException e) {
                    throw new CompletionException(e);
                }
            });
            do {
                assertThat(api.send(api.request("/health?live=true").timeout(Duration.ofSeconds(60)))
                                .status())
                        .isEqualTo(200);
            } while (!quick.isDone());
            assertThat(quick.join().json()).containsEntry("accepted", 100_000);

            socket.getOutputStream().write(slow, slow.length / 2, slow.length - slow.length / 2);
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"accepted\":100000");
        }
    }
}
