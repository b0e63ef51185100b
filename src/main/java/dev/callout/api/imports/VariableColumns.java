package dev.callout.api.imports;

import dev.callout.api.files.Row;
import dev.callout.api.http.ApiProblem;
import dev.callout.campaign.dial.NumberVariables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which further columns of an import become variables of its numbers: those that the sender names, or else each whose
 * heading can be a variable's name.
 *
 * @param names null: the sender names none; empty: there shall be none
 */
record VariableColumns(Set<String> names) {

    /** The parameter of a request that names them, separated by commas. */
    static final String PARAMETER = "vars";

    private static final String NONE = "none";
    private static final String MEMBER = "vars";

    /**
     * Reads the parameter.
     *
     * @param parameter null: it is not given
     * @throws ApiProblem if one of the names cannot be that of a variable
     */
    static VariableColumns of(String parameter) {
        if (parameter == null) {
            return new VariableColumns(null);
        }
        Set<String> names = new HashSet<>();
        for (String part : parameter.split(",")) {
            String name = part.strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && !name.equals(NONE)) {
                if (!mayBe(name)) {
                    throw new ApiProblem(
                            400,
                            PARAMETER + " names a column that cannot be a variable: its heading must have only letters"
                                    + " a to z, digits and _, at most " + NumberVariables.LONGEST_NAME
                                    + " of them, and be no field of a number. vars=none leaves all further columns out");
                }
                names.add(name);
            }
        }
        return new VariableColumns(names);
    }

    /** Returns whether the sender has said which there are. Then a value that cannot be sent is an error of its line. */
    boolean named() {
        return names != null;
    }

    /** Returns the variable that a field of JSON beside those of a number becomes, as a column would; empty: none. */
    Optional<String> ofField(String field) {
        String name = field.strip().toLowerCase(Locale.ROOT);
        return mayBe(name) && (!named() || names.contains(name)) ? Optional.of(name) : Optional.empty();
    }

    private static boolean mayBe(String name) {
        return NumberVariables.isName(name) && !ImportSource.FIELDS.contains(name) && !name.equals(MEMBER);
    }

    /**
     * Returns the index of each variable's column. Two columns of the same name are none: nobody knows which is meant.
     *
     * @param heading null: the table has none
     * @param used    the columns that hold fields
     * @throws ApiProblem if a column that the sender names is missing, or is there twice
     */
    Map<String, Integer> in(Row heading, Collection<Integer> used) {
        Map<String, List<Integer>> found = new TreeMap<>();
        for (int i = 0; heading != null && i < heading.cells().size(); i++) {
            String name = heading.cell(i).strip().toLowerCase(Locale.ROOT);
            if (!used.contains(i) && mayBe(name) && (!named() || names.contains(name))) {
                found.computeIfAbsent(name, any -> new ArrayList<>()).add(i);
            }
        }
        if (named()) {
            for (String name : names) {
                if (found.getOrDefault(name, List.of()).size() != 1) {
                    throw ApiProblem.columns(
                            (found.containsKey(name) ? "There is more than one column " : "There is no further column ")
                                    + name + ", which " + PARAMETER + " names",
                            heading == null ? List.of() : heading.cells());
                }
            }
        }
        Map<String, Integer> columns = new HashMap<>();
        found.forEach((name, indexes) -> {
            if (indexes.size() == 1) {
                columns.put(name, indexes.get(0));
            }
        });
        return columns;
    }
}
