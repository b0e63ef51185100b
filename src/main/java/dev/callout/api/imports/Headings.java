package dev.callout.api.imports;

import dev.callout.api.files.Row;
import dev.callout.api.http.ApiProblem;
import dev.callout.campaign.telephone.PhoneNumber;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds out which column of a table holds which field of a number: by the names that somebody gives, by the fields' own
 * names, or by the headings that are usual in English, German, French, Spanish and Italian.
 */
final class Headings {

    /** Column parameters of a request, and the fields that they name. */
    static final Map<String, String> PARAMETERS = Map.of(
            "column.number", "cld",
            "column.callerid", "callerid",
            "column.priority", "priority",
            "column.timezone", "timezone",
            "column.consent", "consent");

    private static final Map<String, Set<String>> OWN =
            Map.of("cld", Set.of("cld", "number"), "callerid", Set.of("callerid"), "priority", Set.of("priority"));

    /**
     * As {@link #letters} makes them. Words for a number of any kind are not among them: {@code Nummer} may be the
     * customer's.
     */
    private static final Map<String, Set<String>> USUAL = Map.of(
            "cld",
            words(
                    "phone homephone workphone businessphone primaryphone otherphone phonenumber phoneno phonenr phonevalue telephone telephonenumber telephoneno tel telno mobile"
                            + " mobilephone mobilenumber mobileno cell cellphone cellnumber msisdn contactnumber contactno callee"
                            + " calleenumber telefon telefonnummer telefonnr telnr rufnummer mobil mobiltelefon mobilnummer"
                            + " mobilnr mobilfunknummer handy handynummer handynr festnetz festnetznummer numerodetelephone"
                            + " numerotelephone telephonemobile telephoneportable telephonefixe portable numeroportable"
                            + " numerodeportable numtel telefono numerodetelefono telefonomovil telefonofijo movil numeromovil"
                            + " celular numerocelular numeroditelefono numerotelefono telefonomobile telefonofisso cellulare"
                            + " numerocellulare numerodicellulare"),
            "callerid",
            words("callerid calleridnumber callerno callernumber cli callingnumber absendernummer absenderrufnummer"
                    + " anzeigenummer anruferkennung numeroappelant numerodelappelant numeroaffiche"
                    + " identifiantdelappelant identificadordellamadas identificadordellamada numerollamante idchiamante"
                    + " numerochiamante"),
            "priority",
            words("priority prio prioritat prioritaet priorite prioridad priorita"),
            "timezone",
            words("timezone zeitzone fuseauhoraire zonahoraria husohorario fusoorario"),
            "consent",
            words("consent optin einwilligung zustimmung consentement consentimiento consenso"));

    private static final int MOST_LISTED = 200;

    private final Row first;
    private final Map<String, Integer> columns = new HashMap<>();

    private Headings(Row first) {
        this.first = first;
    }

    private static Set<String> words(String words) {
        return Set.of(words.split(" "));
    }

    /**
     * Reads the first line of a table as its heading.
     *
     * @param second the next line; null for none
     * @param named  names of columns by the field that they hold; empty if the sender names none
     * @return the index of each field's column, from 0; empty if the line is no heading
     * @throws ApiProblem if it is a heading, but does not show which column holds the numbers
     */
    static Optional<Map<String, Integer>> of(Row first, Row second, Map<String, String> named) {
        Headings headings = new Headings(first);
        named.forEach(headings::takeNamed);
        OWN.forEach(headings::takeOwn);
        if (!headings.columns.isEmpty() || !headings.hasTelephone()) {
            USUAL.forEach(headings::takeUsual);
        }
        if (headings.columns.containsKey("cld")) {
            return Optional.of(headings.columns);
        }
        if (!headings.columns.isEmpty() || headings.looksLikeHeading(second)) {
            throw headings.problem("No cell of line " + first.line() + " shows which column holds the numbers");
        }
        return Optional.empty();
    }

    private void takeNamed(String field, String name) {
        List<Integer> found = indexes(cell -> matches(cell, name));
        if (found.size() != 1) {
            throw problem((found.isEmpty() ? "There is no column " : "There is more than one column ") + name
                    + " in line " + first.line());
        }
        columns.put(field, found.get(0));
    }

    private void takeOwn(String field, Set<String> names) {
        if (columns.containsKey(field)) {
            return;
        }
        List<Integer> found = free(cell -> names.contains(cell.strip().toLowerCase(Locale.ROOT)));
        if (found.size() > 1) {
            throw problem("The heading has two columns " + (field.equals("cld") ? "cld or number" : field)
                    + ": leave one out");
        }
        found.forEach(index -> columns.put(field, index));
    }

    private void takeUsual(String field, Set<String> names) {
        if (columns.containsKey(field)) {
            return;
        }
        List<Integer> found = free(cell -> {
            Pattern written = Pattern.compile(letters(cell));
            return names.stream().anyMatch(name -> written.matcher(name).matches());
        });
        if (found.size() > 1 && field.equals("cld")) {
            throw problem("Line " + first.line() + " has more than one column that may hold the numbers: "
                    + found.stream().map(first::cell).map(String::strip).collect(Collectors.joining(", ")));
        }
        if (found.size() == 1) {
            columns.put(field, found.get(0));
        }
    }

    private List<Integer> indexes(Predicate<String> cell) {
        return IntStream.range(0, first.cells().size())
                .filter(index -> cell.test(first.cell(index)))
                .boxed()
                .toList();
    }

    private List<Integer> free(Predicate<String> cell) {
        return indexes(cell).stream()
                .filter(index -> !columns.containsValue(index))
                .toList();
    }

    /** Compares as people do, and where a Latin-1 file has a letter that cannot be read, whatever letter it is. */
    private static boolean matches(String cell, String name) {
        return cell.strip().equalsIgnoreCase(name.strip())
                || cell.indexOf('\uFFFD') >= 0
                        && Pattern.compile(letters(cell)).matcher(letters(name)).matches();
    }

    /**
     * Returns a pattern of the letters of a heading alone, in lower case, without accents: {@code Phone 1 - Value} is
     * phonevalue.
     */
    private static String letters(String cell) {
        return Normalizer.normalize(cell, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replace("\u00DF", "ss")
                .replaceAll("[^a-z\uFFFD]", "")
                .replace('\uFFFD', '.');
    }

    /** Then the line is no heading by usual names: {@code 0301,mobile} is a number. */
    private boolean hasTelephone() {
        return isNumber(first.cell(0), 3) || first.cells().stream().anyMatch(cell -> isNumber(cell, 5));
    }

    private static boolean isNumber(String cell, int digits) {
        return PhoneNumber.withoutSeparators(cell).matches("\\+?\\d{" + digits + ",}");
    }

    /**
     * A first cell without a digit is no number. One with letters and digits may be an extension, such as user1001; then
     * the cells of the next line are of the same kinds.
     */
    private boolean looksLikeHeading(Row second) {
        String cell = first.cell(0).strip();
        if (cell.isEmpty() || cell.chars().noneMatch(Character::isLetter)) {
            return !cell.isEmpty() && cell.chars().noneMatch(Character::isDigit);
        }
        if (cell.chars().noneMatch(Character::isDigit)) {
            return true;
        }
        return second != null
                && IntStream.range(
                                0, Math.min(first.cells().size(), second.cells().size()))
                        .anyMatch(index -> differ(first.cell(index), second.cell(index)));
    }

    private static boolean differ(String one, String other) {
        return !one.isBlank()
                && !other.isBlank()
                && (one.chars().anyMatch(Character::isLetter) != other.chars().anyMatch(Character::isLetter)
                        || one.chars().anyMatch(Character::isDigit)
                                != other.chars().anyMatch(Character::isDigit));
    }

    private ApiProblem problem(String what) {
        List<String> names = first.cells().stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .limit(MOST_LISTED)
                .toList();
        return ApiProblem.columns(
                what
                        + ". If that line is the heading, name the column of the numbers cld or number, or say which it is:"
                        + " ?column.number=NAME in a request, --column number=NAME in a command; if there is no heading,"
                        + " put cld,callerid,priority above it",
                names);
    }
}
