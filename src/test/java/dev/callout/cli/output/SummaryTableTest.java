package dev.callout.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SummaryTableTest {

    @Test
    void columnsFitTheirWidestCellAndNumbersStandToTheRight() {
        SummaryTable table = new SummaryTable("Status", "Numbers", "Cause")
                .row("premature hangup", 7, "NORMAL_CLEARING")
                .row("success", 12345678, null);

        assertThat(table)
                .hasToString(
                        """
                Status             Numbers  Cause
                ----------------  --------  ---------------
                premature hangup         7  NORMAL_CLEARING
                success           12345678
                """);
    }

    @Test
    void cellFromOutsideStaysInItsLine() {
        assertThat(new SummaryTable("A", "B").row("x\n2 paused\u001b[2J", 1))
                .asString()
                .contains("x?2 paused?[2J  1\n")
                .hasLineCount(3);
    }

    @Test
    void tableWithoutRowsIsItsHeadings() {
        assertThat(new SummaryTable("A", "Bcd")).hasToString("A  Bcd\n-  ---\n");
    }

    @Test
    void rowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new SummaryTable("A").row(1, 2)).hasMessage("2 cells for 1 headings");
    }
}
