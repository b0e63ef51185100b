package dev.callout.dialler.attempt;

import org.apache.camel.Message;

/** The headers that give a user's route the number and the call. */
public final class CallHeaders {

    /** The campaign's {@code i_campaign}. */
    public static final String CAMPAIGN = "CalloutCampaign";

    static final String CAMPAIGN_NAME = "CalloutCampaignName";
    static final String NUMBER = "CalloutNumber";
    static final String ROW = "CalloutRow";
    /** The destination list that holds the number; null for {@code campaign_phones}. */
    public static final String LIST = "CalloutList";

    static final String CALL = "CalloutCall";
    /** The number of this attempt, from 1. */
    public static final String ATTEMPT = "CalloutAttempt";
    /** How many attempts the campaign allows a number. */
    public static final String MAX_ATTEMPTS = "CalloutMaxAttempts";

    private CallHeaders() {}

    /** Sets these headers. */
    public static void set(Message message, Attempt attempt) {
        message.setHeader(CAMPAIGN, attempt.campaign().id());
        message.setHeader(CAMPAIGN_NAME, attempt.campaign().name());
        message.setHeader(NUMBER, attempt.number().cld());
        message.setHeader(ROW, attempt.number().row());
        message.setHeader(LIST, attempt.table().list());
        message.setHeader(CALL, attempt.callUuid());
        message.setHeader(ATTEMPT, attempt.number().attempt());
        message.setHeader(MAX_ATTEMPTS, attempt.campaign().retrying().maxAttempts());
    }
}
