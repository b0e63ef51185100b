package dev.callout.campaign;

import dev.callout.campaign.amd.Machines;
import dev.callout.campaign.answered.HandOver;
import dev.callout.campaign.answered.Recording;
import dev.callout.campaign.menu.Menus;
import dev.callout.campaign.outcome.RetryPolicy;
import dev.callout.campaign.outcome.SuccessIf;
import dev.callout.campaign.prompt.Prompt;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Builds a {@link Campaign} for a test. Its defaults are those of an empty row of table {@code campaigns}. */
public final class CampaignBuilder {

    private long id;
    private String name;
    private boolean paused;
    private String username;
    private String password;
    private String callerId;
    private Schedule schedule = Schedule.ALWAYS;
    private ZoneId zone;
    private String country;
    private String emergency;
    private int maxConcurrentCalls = 20;
    private int maxAttempts = 3;
    private Duration originateTimeout = Duration.ofSeconds(300);
    private Duration backoff = Duration.ofSeconds(600);
    private Duration threshold = Duration.ofMillis(3000);
    private Prompt prompt;
    private Menus menus;
    private SuccessIf successIf = SuccessIf.HEARD;
    private Machines machines = Machines.IGNORED;
    private HandOver handOver;
    private Recording recording = Recording.NONE;
    private String context;
    private String dialplan;
    private String gateway;
    private String gatewayGroup;
    private String callerIdPool;
    private int weight = 1;
    private Guard guard = Guard.NONE;
    private Budget budget = Budget.UNLIMITED;
    private String headerName;
    private String headerValue;
    private Duration timeBetweenCalls = Duration.ZERO;
    private CallDuration duration = CallDuration.UNLIMITED;
    private int cancelRatio;
    private String destinationList;
    private String codecList;
    private CallingStrategy strategy = CallingStrategy.SEQUENTIAL;
    private String application;
    private String transferTo;
    private Integer finishOn;
    private LocalDateTime startsAt;
    private RetryPolicy retries = RetryPolicy.DEFAULT;
    private final List<String> readProblems = new ArrayList<>();

    private CampaignBuilder() {}

    public static CampaignBuilder campaign() {
        return new CampaignBuilder();
    }

    public CampaignBuilder id(long value) {
        this.id = value;
        return this;
    }

    public CampaignBuilder name(String value) {
        this.name = value;
        return this;
    }

    public CampaignBuilder paused(boolean value) {
        this.paused = value;
        return this;
    }

    public CampaignBuilder username(String value) {
        this.username = value;
        return this;
    }

    public CampaignBuilder password(String value) {
        this.password = value;
        return this;
    }

    public CampaignBuilder callerId(String value) {
        this.callerId = value;
        return this;
    }

    public CampaignBuilder schedule(Schedule value) {
        this.schedule = value;
        return this;
    }

    public CampaignBuilder zone(ZoneId value) {
        this.zone = value;
        return this;
    }

    public CampaignBuilder country(String value) {
        this.country = value;
        return this;
    }

    public CampaignBuilder emergency(String value) {
        this.emergency = value;
        return this;
    }

    public CampaignBuilder maxConcurrentCalls(int value) {
        this.maxConcurrentCalls = value;
        return this;
    }

    public CampaignBuilder maxAttempts(int value) {
        this.maxAttempts = value;
        return this;
    }

    public CampaignBuilder originateTimeout(Duration value) {
        this.originateTimeout = value;
        return this;
    }

    public CampaignBuilder backoff(Duration value) {
        this.backoff = value;
        return this;
    }

    public CampaignBuilder threshold(Duration value) {
        this.threshold = value;
        return this;
    }

    public CampaignBuilder menus(Menus value) {
        this.menus = value;
        return this;
    }

    public CampaignBuilder machines(Machines value) {
        this.machines = value;
        return this;
    }

    public CampaignBuilder successIf(SuccessIf value) {
        this.successIf = value;
        return this;
    }

    public CampaignBuilder handOver(HandOver value) {
        this.handOver = value;
        return this;
    }

    public CampaignBuilder recording(Recording value) {
        this.recording = value;
        return this;
    }

    public CampaignBuilder promptFile(String value) {
        return prompt(value == null ? null : Prompt.ofFile(value));
    }

    public CampaignBuilder prompt(Prompt value) {
        this.prompt = value;
        return this;
    }

    public CampaignBuilder context(String value) {
        this.context = value;
        return this;
    }

    public CampaignBuilder dialplan(String value) {
        this.dialplan = value;
        return this;
    }

    public CampaignBuilder gateway(String value) {
        this.gateway = value;
        return this;
    }

    public CampaignBuilder gatewayGroup(String value) {
        this.gatewayGroup = value;
        return this;
    }

    public CampaignBuilder guard(Guard value) {
        this.guard = value;
        return this;
    }

    public CampaignBuilder budget(Budget value) {
        this.budget = value;
        return this;
    }

    public CampaignBuilder weight(int value) {
        this.weight = value;
        return this;
    }

    public CampaignBuilder callerIdPool(String value) {
        this.callerIdPool = value;
        return this;
    }

    public CampaignBuilder headerName(String value) {
        this.headerName = value;
        return this;
    }

    public CampaignBuilder headerValue(String value) {
        this.headerValue = value;
        return this;
    }

    public CampaignBuilder timeBetweenCalls(Duration value) {
        this.timeBetweenCalls = value;
        return this;
    }

    public CampaignBuilder duration(CallDuration value) {
        this.duration = value;
        return this;
    }

    public CampaignBuilder cancelRatio(int value) {
        this.cancelRatio = value;
        return this;
    }

    public CampaignBuilder destinationList(String value) {
        this.destinationList = value;
        return this;
    }

    public CampaignBuilder codecList(String value) {
        this.codecList = value;
        return this;
    }

    public CampaignBuilder strategy(CallingStrategy value) {
        this.strategy = value;
        return this;
    }

    public CampaignBuilder application(String value) {
        this.application = value;
        return this;
    }

    public CampaignBuilder transferTo(String value) {
        this.transferTo = value;
        return this;
    }

    public CampaignBuilder finishOn(Integer value) {
        this.finishOn = value;
        return this;
    }

    public CampaignBuilder startsAt(LocalDateTime value) {
        this.startsAt = value;
        return this;
    }

    public CampaignBuilder retries(RetryPolicy value) {
        this.retries = value;
        return this;
    }

    /** Adds a sentence about a column that could not be read. */
    public CampaignBuilder readProblem(String sentence) {
        readProblems.add(sentence);
        return this;
    }

    public Campaign build() {
        return new Campaign(
                id,
                name,
                paused,
                new CallingHours(schedule, zone, startsAt),
                new Pacing(maxConcurrentCalls, timeBetweenCalls, strategy, weight),
                new WayOut(
                        gateway,
                        gatewayGroup,
                        new WayOut.Credentials(username, password),
                        callerId,
                        callerIdPool,
                        new WayOut.Header(headerName, headerValue),
                        codecList,
                        originateTimeout),
                new OnAnswer(
                        menus,
                        prompt,
                        application,
                        transferTo,
                        context,
                        dialplan,
                        successIf,
                        machines,
                        handOver,
                        recording),
                new TalkTime(duration, threshold, cancelRatio),
                new Retrying(maxAttempts, backoff, retries, finishOn),
                guard,
                budget,
                destinationList,
                country,
                emergency,
                readProblems);
    }
}
