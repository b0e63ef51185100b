package dev.callout.dialler.webhook;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Measures what becomes of the outcomes for the webhook, so that somebody is told of those that are lost. */
public final class WebhookMeters implements MeterBinder {

    private final Webhook webhook;

    /** @param webhook without a receiver, all is 0 */
    public WebhookMeters(Webhook webhook) {
        this.webhook = webhook;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Map.<String, ToDoubleFunction<Webhook.State>>of(
                        "accepted", Webhook.State::accepted,
                        "refused", Webhook.State::refused,
                        "dropped", Webhook.State::dropped)
                .forEach((result, count) -> FunctionCounter.builder(
                                "callout.webhook.outcomes",
                                webhook,
                                one -> one.state().map(count::applyAsDouble).orElse(0.0))
                        .description("Outcomes that the webhook's receiver accepted, that were given up, or dropped")
                        .tag("result", result)
                        .register(registry));
        Gauge.builder("callout.webhook.waiting", webhook, one -> one.state()
                        .map(Webhook.State::waiting)
                        .orElse(0))
                .description("Outcomes that wait for the webhook's receiver")
                .register(registry);
    }
}
