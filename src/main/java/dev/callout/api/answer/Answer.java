package dev.callout.api.answer;

import dev.callout.api.http.ApiProblem;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import dev.callout.dialler.operate.CampaignNameException;
import dev.callout.store.DatabaseWords;
import dev.callout.store.audit.Actor;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the work of a request in the name of its caller, and turns every failure into a problem as its answer. */
public final class Answer {

    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

    /**
     * Error codes of the server for a value that it cannot store: too long, out of range, wrong type, wrong character
     * set.
     */
    private static final Set<Integer> WRONG_VALUE = Set.of(1264, 1265, 1292, 1366, 1406, 4025);

    private static final Pattern COLUMN = Pattern.compile(" for column [`']?(?:\\w+[`']?\\.[`']?)*(\\w+)[`']");

    private Answer() {}

    /** The work of a request. */
    @FunctionalInterface
    public interface Work {

        /** Returns the answer. */
        ApiResponse answer() throws SQLException, IOException;
    }

    /** Returns the answer to a request that has no query parameters. */
    public static ApiResponse to(ApiRequest request, Work work) {
        return to(request, List.of(), work);
    }

    /** @param parameters the query parameters that the request may have */
    public static ApiResponse to(ApiRequest request, List<String> parameters, Work work) {
        Actor actor = new Actor(request.caller().name(), request.caller().address());
        return Actor.as(actor, () -> answer(request, parameters, work));
    }

    /** Returns the problem of such a value, with its field if the server names the column. */
    private static ApiProblem unstorable(SQLException e) {
        Matcher column = COLUMN.matcher(String.valueOf(e.getMessage()));
        return column.find()
                ? ApiProblem.field(
                        column.group(1),
                        "the database cannot store this value: it is too long, too large or" + " of another kind")
                : new ApiProblem(422, "The database cannot store one of the values: " + e.getMessage());
    }

    private static ApiResponse answer(ApiRequest request, List<String> parameters, Work work) {
        try {
            request.allow(parameters);
            return work.answer();
        } catch (ApiProblem e) {
            return e.response();
        } catch (CampaignNameException e) {
            return new ApiProblem(e.isKnown() ? 409 : 404, e.getMessage()).response();
        } catch (SQLException e) {
            if (WRONG_VALUE.contains(e.getErrorCode())) {
                return unstorable(e).response();
            }
            String what = DatabaseWords.of(e);
            LOG.warn("The API cannot use the database: {}", what);
            return new ApiProblem(503, "The database cannot be used: " + what).response();
        } catch (IOException e) {
            return ApiProblem.noTemporaryFile(e).response();
        } catch (RuntimeException e) {
            return ApiProblem.fault(e).response();
        }
    }
}
