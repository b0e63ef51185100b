package dev.callout.campaign.telephone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.UndialableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestTest {

    private final List<String> asked = new ArrayList<>();
    private final Latest<String, Integer, UndialableException> lengths = new Latest<>(2, text -> {
        asked.add(text);
        if (text.isEmpty()) {
            throw UndialableException.number("empty");
        }
        return text.length();
    });

    @Test
    void theSameIsFoundOnce() throws Exception {
        assertThat(lengths.get("one")).isEqualTo(3);
        assertThat(lengths.get("four")).isEqualTo(4);
        assertThat(lengths.get("one")).isEqualTo(3);
        assertThat(asked).containsExactly("one", "four");
    }

    @Test
    void theOldestAreForgotten() throws Exception {
        for (String text : List.of("1", "2", "3", "1")) {
            lengths.get(text);
        }
        assertThat(asked).containsExactly("1", "2", "3", "1");
    }

    @Test
    void aRefusalIsNotKept() {
        assertThatThrownBy(() -> lengths.get("")).isInstanceOf(UndialableException.class);
        assertThatThrownBy(() -> lengths.get("")).isInstanceOf(UndialableException.class);
        assertThat(asked).hasSize(2);
    }
}
