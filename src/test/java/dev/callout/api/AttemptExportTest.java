package dev.callout.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptExportTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "=1+1|'=1+1",
                "+4930|'+4930",
                "-1|'-1",
                "@SUM(A1)|'@SUM(A1)",
                "` =1`|`' =1`",
                "\uFF1D1|'\uFF1D1",
                "Smith;=1+1|Smith;'=1+1",
                "Smith;\"=1+1\"|Smith;'\"=1+1\"",
                "Smith; +1|Smith;' +1",
                "a;b;@c|a;b;'@c"
            })
    void formulaIsATextWhateverPartsTheCells(String text, String harmless) {
        assertThat(AttemptExport.harmless(text)).isEqualTo(harmless);
    }

    @Test
    void tabsAndLineBreaksPartCellsToo() {
        assertThat(AttemptExport.harmless("Smith\t=1\n-2\r@3")).isEqualTo("Smith\t'=1\n'-2\r'@3");
        assertThat(AttemptExport.harmless("\t=1").toString()).startsWith("'");
    }

    @Test
    void otherCellsStayAsTheyAre() {
        for (Object cell : new Object[] {"Smith-Jones", "a=b", "a;b", "", "30;40", -1, 4.5}) {
            assertThat(AttemptExport.harmless(cell)).isEqualTo(cell);
        }
        assertThat(AttemptExport.harmless(null)).isNull();
    }
}
