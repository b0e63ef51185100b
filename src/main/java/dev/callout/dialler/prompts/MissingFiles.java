package dev.callout.dialler.prompts;

import dev.callout.campaign.prompt.UploadedFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What the switches have answered about the files that campaigns play. Each incarnation of a switch is asked again, now and
 * then, since a file can be removed; and often for a file that it lacks. Thread-safe.
 */
public final class MissingFiles {

    private static final long AGAIN = Duration.ofMinutes(5).toNanos();
    private static final long MISSING_AGAIN = Duration.ofSeconds(2).toNanos();

    private final LongSupplier nanoTime;
    private final Map<String, Known> switches = new ConcurrentHashMap<>();

    /** What one incarnation of a switch has answered. */
    private record Known(String coreUuid, Map<String, Answer> answers) {}

    private record Answer(boolean missing, long at) {}

    /** @param nanoTime a monotonic clock, as {@link System#nanoTime()} */
    public MissingFiles(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Returns which files to ask a switch for now, those first that it was never asked for.
     *
     * @param coreUuid its incarnation
     * @param played   all files that campaigns play; what is known of others is forgotten
     */
    public List<String> toAsk(String switchName, String coreUuid, Set<String> played, int most) {
        Known known = switches.compute(
                switchName,
                (name, before) -> before != null && before.coreUuid().equals(coreUuid)
                        ? before
                        : new Known(coreUuid, new ConcurrentHashMap<>()));
        known.answers().keySet().retainAll(played);
        long now = nanoTime.getAsLong();
        return played.stream()
                .filter(file -> isDue(known.answers().get(file), now))
                .sorted(Comparator.comparing((String file) -> known.answers().containsKey(file)))
                .limit(most)
                .toList();
    }

    private static boolean isDue(Answer answer, long now) {
        return answer == null || now - answer.at() >= (answer.missing() ? MISSING_AGAIN : AGAIN);
    }

    /** Records an answer. Returns whether the file is missing, and was not known to be. */
    public boolean answered(String switchName, String file, boolean missing) {
        Known known = switches.get(switchName);
        if (known == null) {
            return false;
        }
        Answer before = known.answers().put(file, new Answer(missing, nanoTime.getAsLong()));
        return missing && (before == null || !before.missing());
    }

    /**
     * Returns sentences about files that switches lack.
     *
     * @param answering the switches that answer now
     */
    public List<String> of(Collection<String> files, Collection<String> answering) {
        List<String> missing = new ArrayList<>();
        for (String name : new TreeSet<>(answering)) {
            for (String file : files) {
                Answer answer = answer(name, file);
                if (answer != null && answer.missing()) {
                    missing.add("switch " + name + " does not have file " + file + ", or may not read it");
                }
            }
        }
        return missing;
    }

    /**
     * Returns why a campaign waits that plays uploaded files: each switch that answers must have said that it has them. Other
     * paths keep no campaign waiting, since FreeSWITCH plays some that it does not call existing.
     */
    public Optional<String> keepWaiting(Collection<String> files, Collection<String> answering) {
        List<String> uploaded = files.stream()
                .filter(file -> UploadedFile.sha256(file).isPresent())
                .toList();
        List<String> missing = of(uploaded, answering);
        if (!missing.isEmpty()) {
            return Optional.of(missing.get(0) + ": docs/prompts.md, Uploaded files");
        }
        return uploaded.stream().allMatch(file -> answering.stream().allMatch(name -> answer(name, file) != null))
                ? Optional.empty()
                : Optional.of("the switches are being asked whether they have its uploaded files");
    }

    private Answer answer(String switchName, String file) {
        Known known = switches.get(switchName);
        return known == null ? null : known.answers().get(file);
    }
}
