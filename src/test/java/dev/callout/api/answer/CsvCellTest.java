package dev.callout.api.answer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvCellTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "=1+1|'=1+1",
                "+49 30|'+49 30",
                "-1|'-1",
                "@SUM(A1)|'@SUM(A1)",
                "` =1`|`' =1`",
                "\uFF1D1|'\uFF1D1",
                "Smith;=1+1|Smith;'=1+1",
                "Smith;\"=1+1\"|Smith;'\"=1+1\"",
                "Smith; +1|Smith;' +1",
                "a;b;@c|a;b;'@c",
                "+4930=1|'+4930=1",
                "+1234567890123456|'+1234567890123456"
            })
    void formulaIsATextWhateverPartsTheCells(String text, String harmless) {
        assertThat(CsvCell.harmless(text)).isEqualTo(harmless);
    }

    @Test
    void tabsAndLineBreaksPartCellsToo() {
        assertThat(CsvCell.harmless("Smith\t=1\n-2\r@3")).isEqualTo("Smith\t'=1\n'-2\r'@3");
        assertThat(CsvCell.harmless("\t=1").toString()).startsWith("'");
    }

    @Test
    void otherCellsStayAsTheyAre() {
        for (Object cell : new Object[] {"Smith-Jones", "a=b", "a;b", "", "30;40", -1, 4.5, "+493012345"}) {
            assertThat(CsvCell.harmless(cell)).isEqualTo(cell);
        }
        assertThat(CsvCell.harmless(null)).isNull();
    }
}
