package dev.callout.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.callout.simulator.events.Call;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code show channels [like TEXT] [as json]} and {@code show channels count}. */
final class ChannelList {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SwitchCore core;

    ChannelList(SwitchCore core) {
        this.core = core;
    }

    String show(String arguments) {
        List<String> words = new ArrayList<>(List.of(arguments.split(" +")));
        boolean json = arguments.endsWith(" as json");
        if (!words.get(0).equals("channels") && !words.get(0).equals("calls")) {
            return "-USAGE: channels [count|like <match string>] [as json]\n";
        }
        if (words.contains("count")) {
            return json ? "{\"row_count\": " + core.calls.size() + "}\n" : "\n" + core.calls.size() + " total.\n";
        }
        int like = words.indexOf("like");
        String wanted = like > 0 && like + 1 < words.size() ? words.get(like + 1) : "";
        List<Map<String, String>> rows = new ArrayList<>();
        for (CallFlow flow : core.calls.values()) {
            Map<String, String> row = row(flow.call());
            if (Stream.of("uuid", "name", "presence_data", "cid_num")
                    .anyMatch(column -> row.get(column).contains(wanted))) {
                rows.add(row);
            }
        }
        return json ? json(rows) : table(rows);
    }

    private Map<String, String> row(Call call) {
        boolean answered = call.answered > 0;
        Map<String, String> row = new LinkedHashMap<>();
        row.put("uuid", call.uuid);
        row.put("direction", "outbound");
        row.put("created", core.clock.local(call.created));
        row.put("created_epoch", Long.toString(call.created / 1_000_000));
        row.put("name", "sofia/" + (call.profile == null ? "external" : call.profile) + "/" + call.number);
        row.put("state", call.running ? "CS_EXECUTE" : "CS_CONSUME_MEDIA");
        row.put("cid_name", call.ownName());
        row.put("cid_num", call.ownNumber());
        row.put("ip_addr", "");
        row.put("dest", call.transferred() ? call.line.target() : call.number);
        row.put("application", call.application == null ? "" : call.application);
        row.put("application_data", call.argument == null ? "" : call.argument);
        row.put("dialplan", call.transferred() ? call.line.dialplan() : "");
        row.put("context", call.transferred() ? call.line.context() : "default");
        row.put("read_codec", answered ? "PCMU" : "");
        row.put("read_rate", answered ? "8000" : "");
        row.put("read_bit_rate", answered ? "64000" : "");
        row.put("write_codec", answered ? "PCMU" : "");
        row.put("write_rate", answered ? "8000" : "");
        row.put("write_bit_rate", answered ? "64000" : "");
        row.put("secure", "");
        row.put("hostname", "simulator");
        row.put("presence_id", call.variable("presence_id", ""));
        row.put("presence_data", call.variable("presence_data", ""));
        row.put("accountcode", call.variable("accountcode", ""));
        row.put("callstate", callState(call));
        row.put("callee_name", call.running ? call.ownName() : "Outbound Call");
        row.put("callee_num", call.running ? call.ownNumber() : call.number);
        row.put("callee_direction", "");
        row.put("call_uuid", call.uuid);
        row.put("sent_callee_name", "");
        row.put("sent_callee_num", "");
        row.put("initial_cid_name", call.ownName());
        row.put("initial_cid_num", call.ownNumber());
        row.put("initial_ip_addr", "");
        row.put("initial_dest", call.number);
        row.put("initial_dialplan", "");
        row.put("initial_context", "default");
        return row;
    }

    private static String callState(Call call) {
        if (call.answered > 0) {
            return "ACTIVE";
        }
        if (call.media > 0) {
            return "EARLY";
        }
        return call.progress > 0 ? "RINGING" : "DOWN";
    }

    private static String json(List<Map<String, String>> rows) {
        if (rows.isEmpty()) {
            return "{\"row_count\": 0}\n";
        }
        ObjectNode list = JSON.createObjectNode().put("row_count", rows.size());
        return list.set("rows", JSON.valueToTree(rows)).toString();
    }

    private static String table(List<Map<String, String>> rows) {
        StringBuilder text = new StringBuilder();
        if (!rows.isEmpty()) {
            text.append(String.join(",", rows.get(0).keySet())).append('\n');
        }
        rows.forEach(row -> text.append(String.join(",", row.values())).append('\n'));
        return text.append('\n').append(rows.size()).append(" total.\n").toString();
    }
}
