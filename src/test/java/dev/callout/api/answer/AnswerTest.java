package dev.callout.api.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.access.Caller;
import dev.callout.api.access.Role;
import dev.callout.api.http.ApiRequest;
import dev.callout.api.http.ApiResponse;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {

    @Test
    void whatIsWrongWithTheDatabaseIsAnswered() {
        ApiRequest request = new ApiRequest(
                Map.of(), Map.of(), Map.of(), InputStream.nullInputStream(), new Caller("test", Role.ADMIN, ""));
        ApiResponse response = Answer.to(request, () -> {
            throw new SQLException("(conn=7) DELETE command denied to user 'dialler'@'%'", "42000", 1142);
        });

        assertThat(response.status()).isEqualTo(503);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .contains("The database cannot be used: the user lacks"
                        + " a right, 'callout check' names the GRANT: DELETE command denied to user 'dialler'@'%'");
    }
}
