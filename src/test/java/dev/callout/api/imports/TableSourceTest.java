package dev.callout.api.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.api.files.SentFile;
import dev.callout.api.files.WorkbookFile;
import dev.callout.api.http.ApiProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableSourceTest {

    private static TableSource source(byte[] table, Map<String, String> named) throws IOException {
        return TableSource.of(SentFile.of(new ByteArrayInputStream(table)).rows(), named, VariableColumns.of(null));
    }

    private static TableSource source(String table, Map<String, String> named) throws IOException {
        return source(table.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8), named);
    }

    /** Line, number, caller ID and priority, and why a line is refused. */
    private static List<String> lines(TableSource source) throws IOException {
        List<String> lines = new ArrayList<>();
        for (ImportLine line = source.next(); line != null; line = source.next()) {
            lines.add(line.line() + " " + line.cld() + " " + line.callerid() + " " + line.priority()
                    + (line.refusal() == null ? "" : " " + line.refusal()));
        }
        return lines;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "phone1\\n+12025550101\\n!2 +12025550101 null 0",
                "Phone 1 - Value,Name\\n+12025550193,x\\n!2 +12025550193 null 0",
                "address1,phone\\nMain St,+12025550194\\n!2 +12025550194 null 0",
                "Name;Telefon;Priorit\u00E4t\\nM\u00FCller;+49 30 1;1\\n!2 +49 30 1 null 1",
                "Nom;T\u00E9l\u00E9phone;Priorit\u00E9\\nD;+33 1;2\\n!2 +33 1 null 2",
                "Nombre;Tel\u00E9fono m\u00F3vil;Prioridad\\nD;+34 1;3\\n!2 +34 1 null 3",
                "Nome;Numero di cellulare;Priorit\u00E0;ID chiamante\\nD;+39 1;4;+39 2\\n!2 +39 1 +39 2 4",
                "Mobile No.,Caller ID\\n+441,+442\\n!2 +441 +442 0",
                "Handynummer,Absendernummer\\n+491,+492\\n!2 +491 +492 0",
                "phone,number\\n1,+492\\n!2 +492 null 0",
                "note 1,cld\\n1,+493\\n!2 +493 null 0"
            })
    void aUsualHeadingIsHeededAlsoWithDigits(String table, String line) throws IOException {
        assertThat(lines(source(table, Map.of()))).containsExactly(line);
    }

    private static List<String> variables(String table, String named) throws IOException {
        try (TableSource source = TableSource.of(
                SentFile.of(new ByteArrayInputStream(table.getBytes(StandardCharsets.UTF_8)))
                        .rows(),
                Map.of(),
                VariableColumns.of(named))) {
            List<String> all = new ArrayList<>();
            for (ImportLine line = source.next(); line != null; line = source.next()) {
                all.add(new TreeMap<>(line.variables().texts())
                        + (line.variables().taken().isEmpty() ? " asked" : ""));
            }
            all.add(source.variables() + " " + source.ignored());
            return all;
        }
    }

    @Test
    void furtherColumnsAreVariablesIfTheirHeadingsCanBeNames() throws IOException {
        String table =
                "Name,number,Amount,Due date,Stra\u00DFe,note,Note,vars,priority\nAnn,0301,'-12.50,x,x,1,2,x,4\n";
        assertThat(variables(table, null))
                .containsExactly(
                        "{amount=-12.50, name=Ann}", "[amount, name] [Due date, Stra\u00DFe, note, Note, vars]");
    }

    @Test
    void theSenderNamesThoseThatAreVariablesOrThatNoneIs() throws IOException {
        String table = "Name,number,Amount\nAnn,0301,12.50\n";
        assertThat(variables(table, " AMOUNT ")).containsExactly("{amount=12.50} asked", "[amount] [Name]");
        assertThat(variables(table, "none")).containsExactly("{} asked", "[] [Name, Amount]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"town", "amount,town", "number", "callerid", "a b", "vars"})
    void aNamedVariableThatCannotBeFoundEndsTheImport(String named) {
        assertThatThrownBy(() -> variables("number,amount\n0301,1\n", named))
                .isInstanceOf(ApiProblem.class)
                .hasMessageContaining("vars");
        assertThatThrownBy(() -> variables("0301\n0302\n", "amount")).hasMessageContaining("no further column amount");
    }

    @Test
    void aWorkbookGivesAmountsAsItShowsThem() throws IOException {
        StringBuilder rows = new StringBuilder("<row><c t='str'><v>number</v></c><c t='str'><v>amount</v></c></row>");
        for (String amount : List.of(
                "s='5'><v>12.5",
                "s='6'><v>1250",
                "s='6'><v>-0.125",
                "><v>0.30000000000000004",
                "><v>12",
                "t='str'><v>12,50",
                "s='1'><v>30000")) {
            rows.append("<row><c><v>301</v></c><c " + amount + "</v></c></row>");
        }
        List<String> amounts = new ArrayList<>();
        TableSource source = source(WorkbookFile.of(rows.toString()), Map.of());
        for (ImportLine line = source.next(); line != null; line = source.next()) {
            assertThat(line.refusal()).isNull();
            amounts.add(line.variables().texts().get("amount")
                    + line.variables().faults().values());
        }
        assertThat(amounts)
                .containsExactly(
                        "12.50[]", "1250.00[]", "-0.13[]", "0.3[]", "12[]", "12,50[]", "null[is a date or a time]");
    }

    @Test
    void aHeadingInLatin1IsHeededAndSoIsANameGivenForIt() throws IOException {
        byte[] table =
                "T\u00E9l\u00E9phone;Priorit\u00E4t;B\u00FCro\n+331;5;+332\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(lines(source(table, Map.of()))).containsExactly("2 +331 null 5");
        assertThat(lines(source(table, Map.of("cld", "b\u00FCro")))).containsExactly("2 +332 null 5");
    }

    @Test
    void aGivenNameDecidesAmongColumnsAndTheOthersAreReported() throws IOException {
        String table = "Phone 1 - Value,Phone 2 - Value,timezone,Weight\\n+121,+122,America/New_York,7\\n";
        TableSource source = source(table, Map.of("cld", " phone 2 - value", "priority", "Weight"));
        assertThat(lines(source)).containsExactly("2 +122 null 7");
        assertThat(source.ignored()).containsExactly("Phone 1 - Value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Phone 1,Phone 2\\n+121,+122!!more than one column that may hold the numbers: Phone 1, Phone 2",
                "Home Phone;Mobile Phone\\n1;+49 30 1!!more than one column that may hold the numbers: Home Phone, Mobile Phone",
                "Nummer;Name\\n10023;Bob!!No cell of line 1 shows which column holds the numbers",
                "name,adresse\\nBob,0301!!No cell of line 1 shows which column holds the numbers",
                "adresse1,Tel. priv.\\nHauptstr. 5,0301!!No cell of line 1 shows which column holds the numbers",
                "contact2\\n+12025550101!!No cell of line 1 shows which column holds the numbers",
                "foo,priority\\n1,2!!No cell of line 1 shows which column holds the numbers",
                "cld,cld\\n1,2!!The heading has two columns cld or number",
                "cld,Phone\\n1,2!Fax!There is no column Fax in line 1",
                "tel,Phone,phone\\n1,2,3!Phone!There is more than one column Phone in line 1"
            })
    void aHeadingThatDoesNotShowTheNumbersIsRefusedWithItsColumns(String table, String named, String reason) {
        assertThatThrownBy(() -> source(table, named == null ? Map.of() : Map.of("cld", named)))
                .isInstanceOfSatisfying(ApiProblem.class, problem -> {
                    assertThat(problem).hasMessageContainingAll(reason, "?column.number=NAME", "--column number=NAME");
                    assertThat(new String(problem.response().body(), StandardCharsets.UTF_8))
                            .contains("\"columns\":[\"" + table.split("[,;\\\\]")[0] + "\"");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user1001,Bob\\nuser1002,Carl\\n",
                "sip-101\\nsip-102\\n",
                "user1001\\n",
                "0301,tel\\n0302,tel\\n",
                "+49 30 231255,mobile,1\\n+49 30 231256,phone,2\\n"
            })
    void aListWithoutHeadingHasAllItsLines(String table) throws IOException {
        assertThat(lines(source(table, Map.of())))
                .hasSize((int) table.chars().filter(c -> c == '\\').count())
                .first()
                .asString()
                .startsWith("1 " + table.substring(0, Math.max(table.indexOf(','), 0)));
    }

    @Test
    void aCellThatHoldsNoTextRefusesItsLineOnlyWhereItsColumnIsUsed() throws IOException {
        byte[] book = WorkbookFile.of(
                "<row><c t='str'><v>number</v></c><c t='str'><v>born</v></c></row><row><c s='1'><v>46000</v></c></row>"
                        + "<row><c><v>4.93023125011E+12</v></c><c s='1'><v>30000</v></c></row>");
        assertThat(lines(source(book, Map.of())))
                .containsExactly("2 46000 null 0 cld is a date or a time", "3 4930231250110 null 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void excelsUnicodeTextIsRead(String charset) throws IOException {
        byte[] table = "\uFEFFcld\tcallerid\r\n+12025550101\t\r\n".getBytes(Charset.forName(charset));
        assertThat(lines(source(table, Map.of()))).containsExactly("2 +12025550101 null 0");
    }
}
