package dev.callout.campaign.telephone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.campaign.UndialableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatestReadingsTest {

    private static final Country DE = new Country("DE");
    private static final Country FR = new Country("FR");

    private final List<String> asked = new ArrayList<>();
    private final LatestReadings readings = new LatestReadings(2, (text, number, country) -> {
        asked.add(text + " " + country.iso());
        if (text.isEmpty()) {
            throw UndialableException.number("empty");
        }
        return new Telephone("+" + country.callingCode() + number);
    });

    @Test
    void aTextIsReadOnceForEachCountry() throws Exception {
        assertThat(read("1", DE)).isEqualTo("+491");
        assertThat(read("1", FR)).isEqualTo("+331");
        assertThat(read("1", DE)).isEqualTo("+491");
        assertThat(asked).containsExactly("1 DE", "1 FR");
    }

    @Test
    void theOldestAreForgotten() throws Exception {
        read("1", DE);
        read("2", DE);
        read("3", DE);
        read("1", DE);
        assertThat(asked).containsExactly("1 DE", "2 DE", "3 DE", "1 DE");
    }

    @Test
    void aRefusalIsNotKept() {
        assertThatThrownBy(() -> read("", DE)).isInstanceOf(UndialableException.class);
        assertThatThrownBy(() -> read("", DE)).isInstanceOf(UndialableException.class);
        assertThat(asked).hasSize(2);
    }

    private String read(String text, Country country) throws UndialableException {
        return readings.read(text, text, country).e164();
    }
}
