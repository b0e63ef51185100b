package dev.callout.dialler.attempt;

import org.apache.camel.Message;

/** The headers that give a user's route the number and the call. */
public final class CallHeaders {

    public static final String CAMPAIGN = "CalloutCampaign";
    static final String CAMPAIGN_NAME = "CalloutCampaignName";
    static final String NUMBER = "CalloutNumber";
    static final String ROW = "CalloutRow";
    static final String LIST = "CalloutList";
    static final String CALL = "CalloutCall";
    static final String ATTEMPT = "CalloutAttempt";
    static final String MAX_ATTEMPTS = "CalloutMaxAttempts";

    private CallHeaders() {}

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
