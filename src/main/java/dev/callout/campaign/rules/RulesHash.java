package dev.callout.campaign.rules;

import dev.callout.campaign.Schedule;
import dev.callout.campaign.telephone.TelephonePlace;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/** The hash that changes whenever rules may judge otherwise. */
final class RulesHash {

    private RulesHash() {}

    /** Returns 16 letters; the arguments are those of {@link CallingRules}. */
    static String of(List<CallingRule> rules, Schedule ownSchedule, ZoneId campaignZone, String refusal) {
        List<String> parts = new ArrayList<>();
        rules.stream().map(RulesHash::text).sorted().forEach(parts::add);
        parts.add(text(ownSchedule));
        parts.add(rules.isEmpty() ? String.valueOf(campaignZone) : "");
        parts.add(String.valueOf(refusal));
        parts.add(TelephonePlace.version());
        parts.add(ZoneRulesProvider.getVersions("UTC").lastKey());
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String text(CallingRule rule) {
        return String.join(
                "|",
                rule.name(),
                rule.appliesTo(),
                text(rule.schedule()),
                rule.caps().stream().map(Cap::toString).sorted().toList().toString(),
                String.valueOf(rule.lockout()),
                String.valueOf(rule.shortestRing()),
                String.valueOf(rule.callerIdRequired()),
                String.valueOf(rule.consentRequired()));
    }

    private static String text(Schedule schedule) {
        return schedule == null
                ? ""
                : schedule.records().stream().map(String::valueOf).sorted().toList() + ""
                        + new TreeSet<>(schedule.holidays()) + schedule.missing();
    }
}
