package dev.callout.store.prompts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.callout.campaign.Printable;
import dev.callout.campaign.prompt.PieceKind;
import dev.callout.campaign.prompt.Prompt;
import dev.callout.campaign.prompt.PromptPiece;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes prompts of what tables {@code ivr_prompts} and {@code ivr_prompt_pieces} hold. */
public final class PromptRows {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PromptRows() {}

    /**
     * Returns the prompt of a campaign; null if it has none.
     *
     * @param  key                      {@code i_ivr_prompt} of the campaign; null: it has no prompt
     * @param  file                     column {@code file}; null: empty
     * @param  json                     the rows of its pieces, in order, as a JSON array of objects; null: it has none
     * @throws IllegalArgumentException if there is nothing to play, or if a piece is of no kind; the message says what to
     *                                  correct
     */
    public static Prompt prompt(String key, String file, String json) {
        if (key == null) {
            return null;
        }
        if (json == null && file == null) {
            throw new IllegalArgumentException(
                    "table ivr_prompts has no row " + key + ", or its file is empty and it has no pieces");
        }
        if (json == null) {
            return Prompt.ofFile(file);
        }
        List<PromptPiece> pieces = new ArrayList<>();
        try {
            for (JsonNode item : MAPPER.readTree(json)) {
                pieces.add(piece(column -> text(item, column)));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the rows of ivr_prompt_pieces for its prompt cannot be read", e);
        }
        return new Prompt(null, pieces);
    }

    /**
     * Returns a piece.
     *
     * @param  row                      its columns by name
     * @throws IllegalArgumentException if it is of no kind
     */
    public static PromptPiece piece(Map<String, Object> row) {
        return piece(column -> row.get(column) == null ? null : row.get(column).toString());
    }

    private static PromptPiece piece(Function<String, String> columns) {
        String kind = columns.apply("kind");
        return new PromptPiece(
                PromptPiece.language(columns.apply("language")),
                PieceKind.of(kind)
                        .orElseThrow(() -> new IllegalArgumentException("table ivr_prompt_pieces has kind '"
                                + Printable.of(String.valueOf(kind)) + "', which is none of " + PieceKind.words())),
                columns.apply("value"),
                columns.apply("engine"),
                columns.apply("voice"));
    }

    private static String text(JsonNode item, String column) {
        String text = item.path(column).isNull() ? null : item.path(column).asText();
        return text == null || text.isBlank() ? null : text;
    }
}
