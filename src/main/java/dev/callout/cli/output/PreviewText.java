package dev.callout.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import dev.callout.campaign.Printable;

/** The preview of a campaign for people. */
public final class PreviewText {

    private PreviewText() {}

    /** @param preview the answer of the API: counts, or what was found of one number */
    public static String of(JsonNode preview) {
        StringBuilder text = new StringBuilder("As of " + preview.path("as_of").asText() + ", if it dialled at "
                + preview.path("at").asText() + ":\n");
        if (preview.has("found")) {
            return text.append(found(preview.get("found"))).toString();
        }
        SummaryTable table = new SummaryTable("group", "numbers", "first", "reason");
        for (JsonNode group : preview.path("groups")) {
            table.row(word(group, "group"), group.path("numbers").asText(), word(group, "first"), "");
            for (JsonNode reason : group.path("reasons")) {
                table.row("", reason.path("numbers").asText(), word(reason, "first"), word(reason, "reason"));
            }
        }
        text.append(table);
        for (JsonNode zones : preview.path("several_zones")) {
            text.append(zones.path("numbers").asText())
                    .append(" numbers of ")
                    .append(Printable.line(zones.path("calling_code").asText()))
                    .append(" may be in ")
                    .append(zones.path("zones").asText())
                    .append(" time zones: calls are allowed ")
                    .append(zones.path("minutes_a_day").asText())
                    .append(" minutes of the next 24 hours\n");
        }
        if (!preview.path("complete").asBoolean()) {
            text.append("Not complete: only ")
                    .append(preview.path("judged").asText())
                    .append(" of ")
                    .append(preview.path("numbers").asText())
                    .append(" numbers were judged in time.\n");
        }
        return text.toString();
    }

    private static String found(JsonNode found) {
        SummaryTable table = new SummaryTable("number", "group", "from", "reason");
        for (JsonNode number : found) {
            JsonNode detail = number.path("detail");
            table.row(
                    word(number, "cld"),
                    word(number, "group"),
                    word(number, "from"),
                    detail.isTextual() ? Printable.line(detail.asText()) : word(number, "reason"));
        }
        return found.isEmpty() ? "The campaign has no such number.\n" : table.toString();
    }

    private static String word(JsonNode node, String member) {
        return node.path(member).isTextual() ? Printable.line(node.get(member).asText()) : "";
    }
}
