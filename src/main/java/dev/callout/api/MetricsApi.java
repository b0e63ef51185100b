package dev.callout.api;

import dev.callout.api.answer.Answer;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;

/** The metrics, for Prometheus. */
public final class MetricsApi {

    /** Media type of the Prometheus text format; without it Prometheus 3 does not read an answer. */
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;

    /** @param registry has the metrics */
    public MetricsApi(PrometheusMeterRegistry registry) {
        this.registry = registry;
    }

    /** Returns all metrics, in the text format whatever the request accepts. */
    public ApiResponse metrics(ApiRequest request) {
        return Answer.to(
                request, () -> ApiResponse.of(200, TEXT, registry.scrape(TEXT).getBytes(StandardCharsets.UTF_8)));
    }
}
