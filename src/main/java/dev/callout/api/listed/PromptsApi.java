package dev.callout.api.listed;

import dev.callout.api.answer.Column;
import dev.callout.api.http.ApiProblem;
import dev.callout.campaign.prompt.PieceKind;
import dev.callout.campaign.prompt.PromptPiece;
import dev.callout.store.Statements;
import dev.callout.store.prompts.PromptRows;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Prompts that campaigns play: a name, and a file of the switch, or pieces of which the prompt is made. */
public final class PromptsApi extends ListedApi {

    private static final String PIECES = "pieces";
    private static final int MOST_PIECES = 200;

    private static final List<Column> PIECE = List.of(
            Column.text("language", 12),
            Column.text("kind", 16),
            Column.text("value", 1000),
            Column.text("engine", 64),
            Column.text("voice", 64));

    /** @param statements read and write the rows */
    public PromptsApi(Statements statements) {
        super(
                statements,
                "prompt",
                "prompts",
                "i_ivr_prompt",
                List.of(Column.text("name", 128), Column.text("file", 255)));
    }

    @Override
    Map<String, Object> complete(Statements.Session session, Map<String, Object> row) {
        row.put(PIECES, session.query("prompt-pieces", Map.of("key", row.get("i_ivr_prompt"))));
        return row;
    }

    @Override
    void check(Statements.Session session, Map<String, Object> row, Map<String, Object> given) {
        if (row.get(PIECES) instanceof List<?> pieces && pieces.isEmpty()) {
            requireText(row, "file", "must name the prompt's file on the switch, unless pieces are given");
        }
    }

    @Override
    Details details(Map<String, Object> object) {
        if (!object.containsKey(PIECES)) {
            return super.details(object);
        }
        String shape = "a list of " + MOST_PIECES + " pieces at most";
        List<Map<String, Object>> pieces = removeObjects(object, PIECES, shape).stream()
                .map(members -> Column.all(PIECE, Column.read(PIECE, members)))
                .toList();
        if (pieces.size() > MOST_PIECES) {
            throw ApiProblem.field(PIECES, "must be " + shape);
        }
        for (int i = 0; i < pieces.size(); i++) {
            require(pieces.get(i), i + 1);
        }
        return (session, key) -> {
            deleteDetails(session, key);
            int position = 0;
            for (Map<String, Object> piece : pieces) {
                piece.put("key", key);
                piece.put("position", ++position);
                session.update("prompt-piece-insert", piece);
            }
        };
    }

    /** What may not stand in a dial string is said by the campaign's "why idle". */
    private static void require(Map<String, Object> row, int place) {
        if (PieceKind.of(Objects.toString(row.get("kind"))).isEmpty()) {
            throw ApiProblem.field(PIECES, "piece " + place + " must have a kind of: " + PieceKind.words());
        }
        PromptPiece piece = PromptRows.piece(row);
        row.put("language", piece.language().isEmpty() ? null : piece.language());
        piece.problem().ifPresent(problem -> {
            throw ApiProblem.field(PIECES, "piece " + place + " " + problem);
        });
    }

    @Override
    String kindOfUsers() {
        return "Campaigns or menus";
    }

    @Override
    void deleteDetails(Statements.Session session, long key) {
        session.update("prompt-pieces-delete", Map.of("key", key));
    }
}
