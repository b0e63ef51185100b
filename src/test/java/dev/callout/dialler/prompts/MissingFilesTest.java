package dev.callout.dialler.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MissingFilesTest {

    private static final String PLAIN = "/prompts/closed.wav";
    private static final String UPLOADED = "/prompts/" + "0123456789abcdef".repeat(4) + ".wav";

    private final AtomicLong nanoTime = new AtomicLong();
    private final MissingFiles files = new MissingFiles(nanoTime::get);

    private List<String> due(String core) {
        return files.toAsk("fs1", core, Set.of(PLAIN, UPLOADED), 10);
    }

    @Test
    void anUploadedFileIsWaitedForUntilEachSwitchThatAnswersHasIt() {
        assertThat(files.keepWaiting(List.of(UPLOADED), Set.of("fs1")))
                .hasValueSatisfying(why -> assertThat(why).contains("being asked"));
        assertThat(due("a")).containsExactlyInAnyOrder(PLAIN, UPLOADED);
        assertThat(files.answered("fs1", UPLOADED, true)).isTrue();
        assertThat(files.keepWaiting(List.of(UPLOADED), Set.of("fs1")))
                .hasValueSatisfying(why -> assertThat(why).contains("switch fs1 does not have file " + UPLOADED));
        assertThat(files.answered("fs1", UPLOADED, false)).isFalse();
        assertThat(files.keepWaiting(List.of(UPLOADED), Set.of("fs1"))).isEmpty();
        assertThat(files.keepWaiting(List.of(UPLOADED), Set.of("fs1", "fs2"))).isPresent();
        assertThat(files.keepWaiting(List.of(UPLOADED), Set.of())).isEmpty();
    }

    @Test
    void anotherFileIsOnlyWarnedAbout() {
        due("a");
        files.answered("fs1", PLAIN, true);
        assertThat(files.keepWaiting(List.of(PLAIN), Set.of("fs1"))).isEmpty();
        assertThat(files.of(List.of(PLAIN), Set.of("fs1")))
                .singleElement()
                .asString()
                .contains(PLAIN);
        assertThat(files.of(List.of(PLAIN), Set.of("fs2"))).isEmpty();
    }

    @Test
    void aMissingFileIsAskedForOftenAnotherSeldomAndEachOfANewIncarnation() {
        due("a");
        files.answered("fs1", UPLOADED, true);
        files.answered("fs1", PLAIN, false);
        assertThat(due("a")).isEmpty();
        nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(due("a")).containsExactly(UPLOADED);
        assertThat(due("b")).containsExactlyInAnyOrder(PLAIN, UPLOADED);
        files.answered("fs1", UPLOADED, false);
        files.answered("fs1", PLAIN, false);
        nanoTime.addAndGet(Duration.ofMinutes(6).toNanos());
        assertThat(due("b")).hasSize(2);
    }
}
