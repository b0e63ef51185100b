package dev.callout.api.answer;

import dev.callout.api.http.ApiProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong with the fields of a request, so that the answer can name all of it at once. */
public final class Faults {

    private final List<ApiProblem> found = new ArrayList<>();

    /** Collects nothing yet. */
    public Faults() {}

    /** Collects on from the same faults. What it collects does not come into these. */
    public Faults(Faults others) {
        found.addAll(others.found);
    }

    /** Adds what is wrong with a field; the detail need not name it. */
    public void add(String field, String detail) {
        found.add(ApiProblem.field(field, detail));
    }

    /** Runs what reads fields. If some are wrong, it collects them. */
    public void run(Runnable reading) {
        reading(
                () -> {
                    reading.run();
                    return null;
                },
                null);
    }

    /** Returns what is read; the other value if fields are wrong, which it collects. */
    public <T> T reading(Supplier<T> read, T otherwise) {
        try {
            return read.get();
        } catch (ApiProblem e) {
            if (e.errors().isEmpty()) {
                throw e;
            }
            found.add(e);
            return otherwise;
        }
    }

    /**
     * Returns the result of work on fields of which some may be wrong. What the work finds wrong is reported with what was found before. If something was found before, a failure of the work is no surprise, and is not reported.
     */
    public <T> T telling(Supplier<T> work) {
        try {
            T result = work.get();
            refuse();
            return result;
        } catch (ApiProblem e) {
            throw found.isEmpty() || e.isAboutState() ? e : ApiProblem.all(and(e));
        } catch (RuntimeException e) {
            refuse();
            throw e;
        }
    }

    private List<ApiProblem> and(ApiProblem last) {
        List<ApiProblem> all = new ArrayList<>(found);
        all.add(last);
        return all;
    }

    /** @throws ApiProblem if anything has been found; it names all wrong fields */
    public void refuse() {
        if (!found.isEmpty()) {
            throw ApiProblem.all(found);
        }
    }
}
