package dev.callout.esl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.esl.call.CallState;
import dev.callout.esl.call.EslCall;
import dev.callout.esl.wire.EslEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of a call whatever the order of its events, and whichever of them come twice. */
class CallPropertiesTest {

    /** Order is not guaranteed: HANGUP before CREATE was seen, and a job before or after its call's end. */
    @Property(tries = 300)
    void whateverTheOrderOfEventsTheCallEndsOnceWithTheSameCause(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> captures = List.of(
                "originate-answer-json",
                "originate-busy-json",
                "originate-notfound-json",
                "originate-dead-gateway-json",
                "originate-invalid-gateway-json",
                "prompt-cut-by-us-json");
        String capture = captures.get(random.nextInt(captures.size()));
        List<EslEvent> events = CaptureReplay.events(capture);
        List<EslEvent> shuffled = new ArrayList<>(events);
        shuffled.addAll(events.subList(0, random.nextInt(events.size())));
        Collections.shuffle(shuffled, random);

        EslCall inOrder = only(new CaptureReplay().originate(capture).play(events));
        EslCall call =
                only(new CaptureReplay().originate(capture).play(shuffled).wait(Duration.ofSeconds(3)));

        assertThat(call.reached()).isSorted().doesNotHaveDuplicates();
        assertThat(call.reached().stream().filter(CallState::isFinal)).hasSize(1);
        assertThat(CaptureReplay.story(call)).isEqualTo(CaptureReplay.story(inOrder));
    }

    private static EslCall only(CaptureReplay replay) {
        return replay.registered.values().iterator().next();
    }
}
