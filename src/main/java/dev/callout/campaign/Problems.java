package dev.callout.campaign;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with a campaign's columns, a sentence each. */
final class Problems {

    private final List<String> sentences = new ArrayList<>();

    Problems unless(boolean holds, String otherwise) {
        if (!holds) {
            sentences.add(otherwise);
        }
        return this;
    }

    Problems add(Optional<String> sentence) {
        sentence.ifPresent(sentences::add);
        return this;
    }

    Problems add(List<String> others) {
        sentences.addAll(others);
        return this;
    }

    List<String> list() {
        return List.copyOf(sentences);
    }

    /** Returns seconds as people write them in a column. */
    static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .stripTrailingZeros()
                .toPlainString();
    }
}
