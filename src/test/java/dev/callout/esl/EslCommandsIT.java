package dev.callout.esl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.esl.client.ScriptedSwitch;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What commands get from a scripted switch. */
class EslCommandsIT extends EslComponentFixture {

    @Test
    void commandsAreAnsweredInTheBody() {
        fs.on("api status", ScriptedSwitch.frame("api/response", "UP 0 years\n"));
        startConnected();

        assertThat(context.createProducerTemplate().requestBody("esl:api", "status\n", String.class))
                .isEqualTo("UP 0 years\n");
    }

    @Test
    void howeverManyAnswersComeAtOnceTheirRoutesGoOnOnWorkersOnly() throws Exception {
        int commands = 1_500;
        CountDownLatch stuck = new CountDownLatch(1);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(commands);
        component.setWorkerThreads(1);
        fs.on("api status", ScriptedSwitch.frame("api/response", "UP 0 years\n"));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").to("esl:api").process(e -> {
                    threads.add(Thread.currentThread().getName());
                    stuck.await();
                });
            }
        });
        startConnected();
        AsyncProducer ask = context.getEndpoint("direct:ask").createAsyncProducer();
        for (int i = 0; i < commands; i++) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setBody("status");
            ask.process(exchange, sync -> done.countDown());
        }
        ThreadPoolExecutor workers = (ThreadPoolExecutor) component.running().workers();
        await().until(() -> workers.getQueue().size() == commands - 1);

        stuck.countDown();
        assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(threads).singleElement().asString().contains("EslWorker");
    }

    @Test
    void aBackgroundJobIsAnsweredInTheBody() {
        startConnected();
        var reply = context.createProducerTemplate()
                .asyncRequestBodyAndHeader("esl:bgapi", "status", EslConstants.JOB_UUID, "job-1", String.class);
        await().until(() -> fs.told().contains("bgapi status\nJob-UUID: job-1"));
        fs.send(ScriptedSwitch.event("{\"Event-Name\":\"BACKGROUND_JOB\",\"Job-UUID\":\"job-1\",\"_body\":\"UP\\n\"}"));

        await().until(reply::isDone);
        assertThat(reply.join()).isEqualTo("UP\n");
    }
}
