package dev.callout.dialler.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.dialler.attempt.StatusRow;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    @Test
    void whatTwoBatchesOfferAtOnceIsNoMoreThanThereIsRoomFor() throws Exception {
        CountDownLatch listening = new CountDownLatch(1);
        try (DefaultCamelContext camelContext = new DefaultCamelContext()) {
            camelContext.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(Outcomes.QUEUE).process(exchange -> listening.await(60, TimeUnit.SECONDS));
                }
            });
            camelContext.start();
            Outcomes outcomes = new Outcomes(camelContext);
            Exchange first = new DefaultExchange(camelContext);
            assertThat(outcomes.wanted(rows(700), first)).hasSize(700);
            assertThat(outcomes.wanted(rows(700), new DefaultExchange(camelContext)))
                    .hasSize(300);
            assertThat(outcomes.getOffered()).isEqualTo(1000);
            assertThat(outcomes.getDropped()).isEqualTo(400);

            first.getExchangeExtension().handoverCompletions().forEach(batch -> batch.onComplete(first));
            assertThat(outcomes.wanted(rows(700), new DefaultExchange(camelContext)))
                    .as("all were taken off meanwhile")
                    .hasSize(700);
            listening.countDown();
        }
    }

    private static List<StatusRow> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new StatusRow(
                        new StatusRow.Key(number, 1, Integer.toString(number), "call-" + number, "owner", null),
                        new StatusRow.Made(1, 1, "success", null, null, BigDecimal.ONE, true),
                        new StatusRow.End("NORMAL_CLEARING", 16, 200, "fs1", "gw"),
                        new StatusRow.Basis(null, null, null),
                        null,
                        null,
                        null,
                        null,
                        new StatusRow.Next(1, 1, false, null, null),
                        null))
                .toList();
    }
}
