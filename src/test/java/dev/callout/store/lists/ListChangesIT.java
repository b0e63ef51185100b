package dev.callout.store.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.callout.store.TestDatabase;
import dev.callout.store.schema.ListName;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListChangesIT {

    @Test
    void aListIsChangedAsFarAsItHasColumns() throws Exception {
        try (TestDatabase database = TestDatabase.withTables()) {
            ListChanges lists = new ListChanges(database.dataSource());
            database.run("CREATE TABLE theirs (number VARCHAR(64) PRIMARY KEY)");
            database.run("INSERT INTO theirs VALUES ('+4930'), ('+4931')");
            assertThatThrownBy(() -> lists.change("theirs", 1, ListChanges.Listed::values))
                    .as("it has none of Callout's columns yet")
                    .isInstanceOfSatisfying(SQLException.class, fault -> assertThat(ListNumbers.isNotThere(fault))
                            .isTrue());

            database.run(new ListName("theirs").statement("extend"));
            Map<String, Object> values = new HashMap<>(lists.change("theirs", 1, ListChanges.Listed::values));
            assertThat(values).containsOnlyKeys("cld", "callerid", "vars");
            values.put("callerid", "+49111");
            lists.<Void>change("theirs", 1, number -> {
                number.lock();
                number.update(values);
                return null;
            });
            assertThat(database.column("SELECT callerid FROM theirs WHERE callout_row = 1"))
                    .containsExactly("+49111");
            database.run("UPDATE theirs SET callout_uuid = 'up' WHERE callout_row = 2");
            assertThat(lists.<Boolean>change("theirs", 1, ListChanges.Listed::remove))
                    .isTrue();
            assertThat(lists.<Boolean>change("theirs", 2, ListChanges.Listed::remove))
                    .as("a call is up")
                    .isFalse();
            assertThat(lists.change("theirs", 1, ListChanges.Listed::values)).isEmpty();
        }
    }
}
