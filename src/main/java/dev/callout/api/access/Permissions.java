package dev.callout.api.access;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The role that each operation of the API needs. The OpenAPI document names the same roles. */
public final class Permissions {

    private static final String TABLE =
            """
            viewer   GET    /
            viewer   GET    /{file}
            viewer   GET    /openapi.json
            viewer   GET    /health
            viewer   GET    /metrics
            viewer   GET    /api/caller

            viewer   GET    /api/campaigns
            viewer   GET    /api/campaigns/{name}
            operator POST   /api/campaigns
            operator PATCH  /api/campaigns/{name}
            operator DELETE /api/campaigns/{name}
            operator POST   /api/campaigns/{name}/start
            operator POST   /api/campaigns/{name}/stop
            operator POST   /api/campaigns/{name}/pause
            operator POST   /api/campaigns/{name}/resume
            operator POST   /api/campaigns/{name}/clone
            operator POST   /api/campaigns/{name}/call-again
            operator POST   /api/campaigns/{name}/test-call
            viewer   GET    /api/test-calls/{key}

            viewer   GET    /api/campaigns/{name}/numbers
            viewer   GET    /api/campaigns/{name}/numbers/{key}
            operator POST   /api/campaigns/{name}/numbers
            operator PATCH  /api/campaigns/{name}/numbers/{key}
            operator DELETE /api/campaigns/{name}/numbers/{key}
            viewer   GET    /api/campaigns/{name}/numbers/{key}/attempts
            operator POST   /api/campaigns/{name}/numbers/{key}/call-again
            viewer   GET    /api/numbers
            viewer   GET    /api/attempts
            viewer   GET    /api/campaigns/{name}/attempts
            viewer   GET    /api/campaigns/{name}/preview
            operator POST   /api/calls/{uuid}/report
            viewer   GET    /api/activity
            viewer   GET    /api/reports

            viewer   GET    /api/schedules
            viewer   GET    /api/schedules/{key}
            operator POST   /api/schedules
            operator PATCH  /api/schedules/{key}
            operator DELETE /api/schedules/{key}
            viewer   GET    /api/calling-rules
            viewer   GET    /api/calling-rules/{key}
            admin    POST   /api/calling-rules
            admin    PATCH  /api/calling-rules/{key}
            admin    DELETE /api/calling-rules/{key}
            viewer   GET    /api/gateways
            viewer   GET    /api/gateways/{key}
            admin    POST   /api/gateways
            admin    PATCH  /api/gateways/{key}
            admin    DELETE /api/gateways/{key}
            operator POST   /api/gateways/{key}/reset
            viewer   GET    /api/gateway-groups
            viewer   GET    /api/gateway-groups/{key}
            admin    POST   /api/gateway-groups
            admin    PATCH  /api/gateway-groups/{key}
            admin    DELETE /api/gateway-groups/{key}
            viewer   GET    /api/caller-id-pools
            viewer   GET    /api/caller-id-pools/{key}
            operator POST   /api/caller-id-pools
            operator PATCH  /api/caller-id-pools/{key}
            operator DELETE /api/caller-id-pools/{key}
            viewer   GET    /api/holiday-calendars
            viewer   GET    /api/holiday-calendars/{key}
            operator POST   /api/holiday-calendars
            operator POST   /api/holiday-calendars/{key}/holidays
            operator PATCH  /api/holiday-calendars/{key}
            operator DELETE /api/holiday-calendars/{key}
            operator DELETE /api/holiday-calendars/{key}/holidays/{date}
            viewer   GET    /api/timetables
            viewer   GET    /api/timetables/{key}
            operator POST   /api/timetables
            operator PATCH  /api/timetables/{key}
            operator DELETE /api/timetables/{key}
            viewer   GET    /api/prompts
            viewer   GET    /api/prompts/{key}
            operator POST   /api/prompts
            operator PATCH  /api/prompts/{key}
            operator DELETE /api/prompts/{key}
            viewer   GET    /api/prompt-files
            viewer   GET    /api/prompt-files/{key}
            viewer   GET    /api/prompt-files/{key}/sound
            operator POST   /api/prompt-files
            operator DELETE /api/prompt-files/{key}
            viewer   GET    /api/menus
            viewer   GET    /api/menus/{key}
            operator POST   /api/menus
            operator PATCH  /api/menus/{key}
            operator DELETE /api/menus/{key}

            operator GET    /api/test-numbers
            operator GET    /api/test-numbers/{key}
            admin    POST   /api/test-numbers
            admin    PATCH  /api/test-numbers/{key}
            admin    DELETE /api/test-numbers/{key}

            operator GET    /api/do-not-call
            operator POST   /api/do-not-call
            operator POST   /api/do-not-call/numbers
            admin    DELETE /api/do-not-call/{number}
            viewer   GET    /api/do-not-call-lists
            viewer   GET    /api/do-not-call-lists/{name}
            operator POST   /api/do-not-call-lists
            admin    PATCH  /api/do-not-call-lists/{name}
            admin    DELETE /api/do-not-call-lists/{name}

            operator GET    /api/imports
            operator POST   /api/imports/{key}/undo

            viewer   GET    /api/stop-all
            operator POST   /api/stop-all
            operator POST   /api/resume-all

            viewer   GET    /api/switches
            viewer   GET    /api/webhook
            viewer   GET    /api/drain
            operator POST   /api/drain/start
            operator POST   /api/drain/stop
            operator POST   /api/routes/reload

            admin    GET    /api/persons/{number}
            admin    DELETE /api/persons/{number}

            admin    GET    /api/tokens
            admin    POST   /api/tokens
            admin    DELETE /api/tokens/{name}
            admin    GET    /api/audit
            """;

    private static final List<Permission> ALL =
            TABLE.lines().filter(line -> !line.isBlank()).map(Permission::of).toList();

    private Permissions() {}

    private record Permission(Role role, String method, Pattern path) {

        private static Permission of(String line) {
            String[] words = line.split(" +");
            String path = Pattern.quote(words[2]).replaceAll("\\{\\w+}", "\\\\E[^/]+\\\\Q");
            return new Permission(Role.of(words[0]).orElseThrow(), words[1], Pattern.compile(path));
        }

        private boolean isOf(String asked, String sent) {
            return method.equals(asked) && path.matcher(sent).matches();
        }
    }

    /**
     * Returns the role that a request needs. What is not in the table, such as a path of your own routes or one written
     * in an unusual way, needs the admin.
     *
     * @param method in capital letters; HEAD needs what GET needs
     * @param path   as it was sent, without the query
     */
    public static Role needed(String method, String path) {
        return listed(method, path).orElse(Role.ADMIN);
    }

    /** Returns the role that the table has for a request; empty if the request is not in it. */
    public static Optional<Role> listed(String method, String path) {
        String asked = method.equals("HEAD") ? "GET" : method;
        return ALL.stream()
                .filter(one -> one.isOf(asked, path))
                .map(Permission::role)
                .findFirst();
    }
}
