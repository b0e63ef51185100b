package dev.callout.bench.site;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

/**
 * The metrics of a dialler, at one instant. Values of one name with other labels are added up.
 *
 * @param values by name
 */
public record DiallerMetrics(Map<String, Double> values) {

    /** Asks a dialler that serves its metrics at this port of this machine. */
    static DiallerMetrics of(int port) throws IOException, InterruptedException {
        String text = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return read(text);
    }

    static DiallerMetrics read(String text) {
        Map<String, Double> values = new HashMap<>();
        text.lines().filter(line -> line.startsWith("callout_")).forEach(line -> {
            String name = line.split("[{ ]", 2)[0];
            values.merge(name, Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)), Double::sum);
        });
        return new DiallerMetrics(values);
    }

    /** Returns a value; 0 if there is none yet. */
    public double value(String name) {
        return values.getOrDefault(name, 0d);
    }
}
