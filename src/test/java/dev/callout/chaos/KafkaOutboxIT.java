package dev.callout.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.callout.chaos.site.Deliveries;
import dev.callout.chaos.site.Promises;
import dev.callout.chaos.site.Site;
import dev.callout.testbed.FreshDatabase;
import dev.callout.testbed.KafkaBroker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outcomes by way of the outbox to a real Kafka broker, while it and the node are killed. */
@Tag("full")
@Tag("alone")
class KafkaOutboxIT {

    private static final String TOPIC = "callout-outcomes";
    /** For how long an earlier transaction stays open. */
    private static final Duration HELD = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void killedNodesAndBrokersLoseNothingAndKeepTheOrderOfEachNumber() throws Exception {
        KafkaBroker broker = KafkaBroker.start(folder).orElse(null);
        if (broker == null) {
            abort("Maven does not get the Kafka broker of src/test/kafka/pom.xml");
        }
        try (broker;
                Site site = new Site("Kafka, both sides killed", FreshDatabase.create())) {
            site.with(
                    "callout.outbox.to",
                    "kafka:" + TOPIC + "?brokers=" + broker.address()
                            + "&maxBlockMs=3000&requestTimeoutMs=2000&deliveryTimeoutMs=4000");
            site.startSwitch();
            site.startDialler("a");
            site.database().awaitTables();
            site.await(
                    "table",
                    () -> site.database()
                                    .number(
                                            "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"
                                                    + " AND table_name = 'outcome_outbox'")
                            > 0);
            try (Connection connection = site.database().connect();
                    Statement earlier = connection.createStatement()) {
                connection.setAutoCommit(false);
                earlier.execute(
                        "INSERT INTO outcome_outbox (created, call_uuid, i_campaign, list, i_campaign_phone, number,"
                                + " outcome) VALUES (UTC_TIMESTAMP(3), 'held', 1, '', 999999, '1',"
                                + " '{\"id\":999999,\"call\":\"held\",\"attempt\":1}')");
                long begun = System.nanoTime();
                site.database().campaign(Site.size(200, 600));
                site.await("attempts", () -> site.database().number("SELECT COUNT(*) FROM call_attempts") > 40);
                site.await(
                        "some sent",
                        () -> site.database()
                                        .number(
                                                "SELECT (SELECT COUNT(*) FROM call_attempts) - (SELECT COUNT(*) FROM outcome_outbox)")
                                > 20);
                site.kill("a");
                broker.kill();
                site.startDialler("a");
                site.await(
                        "attempts without a broker",
                        () -> site.database().number("SELECT COUNT(*) FROM outcome_outbox") > 20
                                || site.database().allFinished());
                broker.startAgain();
                site.pause(
                        HELD.minusNanos(System.nanoTime() - begun).isNegative()
                                ? Duration.ZERO
                                : HELD.minusNanos(System.nanoTime() - begun));
                connection.commit();
            }
            site.awaitAllFinished();
            site.await("empty", () -> site.database().number("SELECT COUNT(*) FROM outcome_outbox") == 0);

            Deliveries deliveries = new Deliveries();
            for (ConsumerRecord<String, String> one : records(broker)) {
                deliveries.take(one.value());
                assertThat(one.value()).contains("\"id\":" + one.key().replaceFirst("^campaign_phones:", ""));
            }
            deliveries.assertCompleteAndInOrder(site.database());
            assertThat(deliveries.calls()).contains("held");
            Promises.assertKept(site);
        }
    }

    /** Returns all records, those of each partition in their order. */
    private static List<ConsumerRecord<String, String>> records(KafkaBroker broker) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.address()), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(one -> new TopicPartition(TOPIC, one.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
            return records;
        }
    }
}
