package dev.callout.store;

import dev.callout.campaign.Campaign;
import dev.callout.store.sql.SqlTemplate;
import dev.callout.store.sql.SqlText;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Reads the numbers of campaigns and of the do-not-call lists for a check, one by one. Changes nothing. */
public final class NumberSurvey {

    private static final String OF_CAMPAIGN = SqlText.of("check/numbers-of-campaign");
    private static final String OF_LIST = SqlText.of("check/numbers-of-list");
    private static final String DO_NOT_CALL = SqlText.of("check/do-not-call");
    private static final String DO_NOT_CALL_OF_CAMPAIGN = SqlText.of("check/do-not-call-of-campaign");
    private static final int FETCHED_AT_ONCE = 1000;

    private final DataSource dataSource;

    /** @param dataSource the database; its tables must be complete */
    public NumberSurvey(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Reads what a campaign still has to call or, if it dials from a list, the whole list; a number may be null. */
    public void numbers(Campaign campaign, Consumer<String> each) throws SQLException {
        if (campaign.destinationList() == null) {
            read(OF_CAMPAIGN, Map.of("campaign", campaign.id()), each);
        } else {
            read(OF_LIST.replace("destination_list", "`" + campaign.destinationList() + "`"), Map.of(), each);
        }
    }

    /** Reads the entries of the do-not-call list that binds all campaigns, as they are written. */
    public void doNotCall(Consumer<String> each) throws SQLException {
        read(DO_NOT_CALL, Map.of(), each);
    }

    /** Reads the telephones, in E.164, on the further lists that a campaign names. */
    public void doNotCallOf(Campaign campaign, Consumer<String> each) throws SQLException {
        read(DO_NOT_CALL_OF_CAMPAIGN, Map.of("campaign", campaign.id()), each);
    }

    private void read(String statement, Map<String, Object> parameters, Consumer<String> each) throws SQLException {
        SqlTemplate.onOneConnection(dataSource, jdbc -> {
            jdbc.getJdbcTemplate().setFetchSize(FETCHED_AT_ONCE);
            jdbc.query(statement, parameters, row -> {
                each.accept(row.getString(1));
            });
            return null;
        });
    }
}
