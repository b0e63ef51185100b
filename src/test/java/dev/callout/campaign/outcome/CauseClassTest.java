package dev.callout.campaign.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CauseClassTest {

    @ParameterizedTest
    @CsvSource({
        "USER_BUSY, 17, 486, false, BUSY",
        "NO_ANSWER, 19, , false, NO_ANSWER",
        "NO_USER_RESPONSE, 18, 480, false, NO_ANSWER",
        "UNALLOCATED_NUMBER, 1, 404, false, INVALID",
        "NORMAL_TEMPORARY_FAILURE, 41, 503, false, ROUTE",
        "CALL_REJECTED, 21, 603, false, REFUSED",
        "CALL_REJECTED, 21, , false, REFUSED",
        "CALL_REJECTED, 21, 401, false, ROUTE",
        "CALL_REJECTED, 21, 402, false, ROUTE",
        "CALL_REJECTED, 21, 403, false, ROUTE",
        "CALL_REJECTED, 21, 407, false, ROUTE",
        "NORMAL_UNSPECIFIED, 31, 904, false, ROUTE",
        "REQUESTED_CHAN_UNAVAIL, 44, 302, false, ROUTE",
        "REDIRECTION_TO_NEW_DESTINATION, 23, 302, false, ROUTE",
        "NORMAL_UNSPECIFIED, 31, 380, false, ROUTE",
        "MANDATORY_IE_MISSING, 96, , false, ROUTE",
        "ORIGINATOR_CANCEL, 16, , false, OURS",
        "ORIGINATOR_CANCEL, 16, 487, false, NO_ANSWER",
        "NORMAL_CLEARING, 16, 200, true, DONE",
        "ALLOTTED_TIMEOUT, 16, , true, DONE",
        "MANAGER_REQUEST, 0, , false, OURS",
        "LOST_RESULT, , , false, LOST",
        "INCOMPATIBLE_DESTINATION, 88, 488, false, CONFIG",
        "NORMAL_UNSPECIFIED, 31, , false, OTHER",
        "NORMAL_UNSPECIFIED, 31, 486, false, BUSY",
        ", 17, , false, BUSY",
        "SOMETHING_NEW, , 503, false, ROUTE",
        ", , , false, OTHER"
    })
    void aCauseHasThisClass(String cause, Integer q850, Integer sip, boolean answered, CauseClass expected) {
        assertThat(CauseClass.of(cause, q850, sip, answered)).isEqualTo(expected);
    }
}
