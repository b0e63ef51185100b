package dev.callout.store.claim;

import java.sql.SQLException;

/**
 * Nothing was done, because somebody holds the campaign's row. To {@link dev.callout.store.sql.DatabaseFault} it is
 * LOCKED.
 */
public final class CampaignHeldException extends SQLException {

    private static final long serialVersionUID = 1;

    CampaignHeldException(long campaign, SQLException fault) {
        super(
                "the row of campaign " + campaign + " is locked by somebody",
                fault.getSQLState(),
                fault.getErrorCode(),
                fault);
    }
}
