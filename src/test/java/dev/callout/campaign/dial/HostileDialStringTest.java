package dev.callout.campaign.dial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.campaign.Campaign;
import dev.callout.campaign.CampaignBuilder;
import dev.callout.campaign.ParsedOriginate;
import dev.callout.campaign.SafeText;
import dev.callout.campaign.UndialableException;
import dev.callout.campaign.telephone.PhoneNumber;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Dial strings of whatever a table may hold. */
class HostileDialStringTest {

    private static final UUID UUID_1 = UUID.fromString("00000000-0000-4000-8000-000000000001");

    private final DialString dialString =
            new DialString("callout", "external", () -> "sip.example.net:5061", DialString.DEFAULT_APPLICATIONS);

    @Property(tries = 3000)
    void whateverATableHoldsTheLineSetsTheMeantVariablesAndDialsOneDestination(
            @ForAll("hostile") Map<String, String> row) {
        Campaign campaign = CampaignBuilder.campaign()
                .id(7)
                .gateway(row.get("gateway"))
                .promptFile(row.get("prompt"))
                .transferTo(row.get("transfer"))
                .context(row.get("context"))
                .dialplan(row.get("dialplan"))
                .application(row.get("application"))
                .callerId(row.get("cli"))
                .codecList(row.get("codecs"))
                .headerName(row.get("header"))
                .headerValue(row.get("value"))
                .username(row.get("user"))
                .password(row.get("secret"))
                .build();
        String line;
        try {
            line = dialString.render(
                    campaign,
                    new CallOrder(
                            UUID_1,
                            PhoneNumber.of(row.get("number"), PhoneNumber.DEFAULT_PATTERN),
                            row.get("callerid"),
                            60));
        } catch (UndialableException e) {
            Statistics.collect("refused");
            assertThat(e.getMessage()).doesNotContainPattern("[\\p{Cc}]");
            return;
        }
        Statistics.collect("rendered");
        assertThat(line).doesNotContainPattern("\\p{Cc}");
        ParsedOriginate read = ParsedOriginate.parse(line);
        assertThat(read.variables().keySet().stream().filter(name -> !name.startsWith("sip_h_")))
                .containsExactlyElementsOf(namesFor(campaign));
        assertThat(read.variables().keySet().stream()
                        .filter(name -> name.startsWith("sip_h_"))
                        .count())
                .isLessThanOrEqualTo(1);
        assertThat(read.variables())
                .containsEntry("origination_uuid", UUID_1.toString())
                .containsEntry("execute_on_answer_1", "sched_hangup +60 ALLOTTED_TIMEOUT");
        assertThat(read.destinations())
                .singleElement()
                .asString()
                .matches("sofia/(gateway/[\\w.:-]+|external)/[A-Za-z0-9_+*#]{1,32}(@sip\\.example\\.net:5061)?");
        if (read.application() == null) {
            assertThat(read.transfer()).hasSize(3);
        } else {
            assertThat(DialString.DEFAULT_APPLICATIONS).contains(read.application());
        }
    }

    @Property(tries = 1500)
    void textsOfAnyScriptArriveAsTheyAre(
            @ForAll("texts") String value, @ForAll("texts") String user, @ForAll("texts") String secret)
            throws UndialableException {
        Campaign campaign = CampaignBuilder.campaign()
                .id(7)
                .gateway("trunk")
                .promptFile("hello.wav")
                .headerName("X-A")
                .headerValue(value + "'" + value)
                .username(user)
                .password(secret)
                .build();
        Map<String, String> expected = new LinkedHashMap<>(
                Map.of("sip_h_X-A", value + "'" + value, "sip_auth_username", user, "sip_auth_password", secret));
        assertThat(ParsedOriginate.parse(dialString.render(
                                campaign, new CallOrder(UUID_1, new PhoneNumber("5551234"), null, 3600)))
                        .variables())
                .containsAllEntriesOf(expected);
    }

    private static List<String> namesFor(Campaign campaign) {
        List<String> names = new ArrayList<>(List.of(
                "origination_uuid",
                "callout",
                "callout_campaign",
                "presence_data",
                "originate_timeout",
                "ignore_early_media",
                "hangup_after_bridge",
                "outbound_redirect_fatal",
                "origination_caller_id_number",
                "origination_caller_id_name"));
        if (SafeText.orNull(campaign.wayOut().codecList()) != null) {
            names.add("absolute_codec_string");
        }
        if (SafeText.orNull(campaign.wayOut().credentials().username()) != null) {
            names.add("sip_auth_username");
            if (SafeText.orNull(campaign.wayOut().credentials().password()) != null) {
                names.add("sip_auth_password");
            }
        }
        names.add("execute_on_answer_1");
        if ((campaign.onAnswer().prompt() == null
                        || SafeText.orNull(campaign.onAnswer().prompt().file()) == null)
                && (SafeText.orNull(campaign.onAnswer().transferTo()) != null
                        || campaign.onAnswer().application().strip().matches("(?s)&?(?i:bridge).*"))) {
            names.add("execute_on_answer_2");
        }
        return names;
    }

    /** Mostly rows that are sound but for one or two columns, so that both sides of every check are met. */
    @Provide
    Arbitrary<Map<String, String>> hostile() {
        Map<String, String> sound = new LinkedHashMap<>();
        sound.put("number", "+46 8 123");
        sound.put("callerid", "");
        sound.put("cli", "12 34");
        sound.put("gateway", "trunk");
        sound.put("prompt", "");
        sound.put("transfer", "");
        sound.put("context", "default");
        sound.put("dialplan", "XML");
        sound.put("application", "park()");
        sound.put("codecs", "PCMA,PCMU");
        sound.put("header", "X-A");
        sound.put("value", "a b");
        sound.put("user", "alice");
        sound.put("secret", "pass");
        Arbitrary<String> column = Arbitraries.of(sound.keySet());
        return Arbitraries.maps(column, nasty()).ofMinSize(1).ofMaxSize(3).map(changes -> {
            Map<String, String> row = new LinkedHashMap<>(sound);
            row.putAll(changes);
            return row;
        });
    }

    private static Arbitrary<String> nasty() {
        Arbitrary<String> syntax = Arbitraries.strings()
                .withChars("',\\{}[]<>$|:_@;=&()^%\"!/ \n\r\0\t\u2028\u00a0axs1.-+#")
                .ofMaxLength(14);
        Arbitrary<String> gentle =
                Arbitraries.strings().withChars("', =|:_@;&^%\"/ axs1.-+#éł").ofMaxLength(14);
        Arbitrary<String> unicode = Arbitraries.strings().all().ofMaxLength(8);
        Arbitrary<String> known = Arbitraries.of(
                "1,evil=1",
                "'1,evil=1'",
                "1\\,evil=1",
                "1}sofia/gateway/x/1",
                "${system(x)}",
                "1\n\napi reload",
                "1|sofia/gateway/x/2",
                "1 &system(x)",
                "&system(x)",
                "a:_:b",
                "undef",
                "^^;a=b",
                "ARRAY::a|:b",
                "x'y",
                "hello world.wav",
                "x) &system(y",
                "a\\sb",
                "\ud800",
                "1@evil.example",
                "ivr(main)",
                "echo");
        return Arbitraries.oneOf(syntax, gentle, unicode, known);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars(", =|:@;&^%\"()!?*#~`./+-_aZ09éłßЖ中ع\u00a0")
                .withChars("ns")
                .ofMinLength(1)
                .ofMaxLength(30)
                .map(String::strip)
                .filter(text -> !text.isEmpty() && !text.contains(":_:"));
    }
}
