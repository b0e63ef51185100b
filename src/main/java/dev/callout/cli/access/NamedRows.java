package dev.callout.cli.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callout.settings.file.SettingsException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The rows of one table in the API. A person means one of them by its key, a whole number, or else by its name.
 *
 * @param path   where they are
 * @param member name of the list in the answer
 * @param key    the column that is the key
 */
public record NamedRows(String path, String member, String key) {

    /** Returns all rows, in the order of their keys. */
    public List<JsonNode> all(ApiAccess api) throws SettingsException, IOException, InterruptedException {
        return api.all(path, member);
    }

    /** Returns whether a row has that name. A key always counts as one that is there, because no row can be added by it. */
    public boolean has(ApiAccess api, String nameOrKey) throws SettingsException, IOException, InterruptedException {
        return isKey(nameOrKey) || !meant(api, nameOrKey).isEmpty();
    }

    /**
     * Returns the one row that a person means.
     *
     * @throws ApiAccess.RefusedException if there is none, or more than one
     */
    public JsonNode one(ApiAccess api, String nameOrKey) throws SettingsException, IOException, InterruptedException {
        List<JsonNode> meant = meant(api, nameOrKey);
        if (meant.size() == 1) {
            return meant.get(0);
        }
        String items = member.replace('_', ' ');
        String keys = meant.stream().map(one -> one.path(key).asText()).collect(Collectors.joining(", "));
        throw new ApiAccess.RefusedException(
                meant.isEmpty()
                        ? "there is no " + nameOrKey + " among the " + items
                        : nameOrKey + " is the name of several " + items + ": give the " + key + ", one of " + keys);
    }

    private List<JsonNode> meant(ApiAccess api, String nameOrKey)
            throws SettingsException, IOException, InterruptedException {
        String column = isKey(nameOrKey) ? key : "name";
        return all(api).stream()
                .filter(one -> one.path(column).asText().equals(nameOrKey))
                .toList();
    }

    private static boolean isKey(String nameOrKey) {
        return nameOrKey.matches("\\d+");
    }

    /** Returns the path of a row. */
    public String pathOf(JsonNode row) {
        return path + "/" + row.get(key).asLong();
    }

    /** Returns the path of the one row that a person means; refuses as {@link #one}. */
    public String pathOf(ApiAccess api, String nameOrKey) throws SettingsException, IOException, InterruptedException {
        return pathOf(one(api, nameOrKey));
    }
}
