package dev.callout.simulator.events;

/**
 * What an event says about the switch and the moment at which it is sent.
 *
 * @param coreUuid Core-UUID
 * @param sequence Event-Sequence
 * @param now      the switch clock's microseconds
 * @param clock    the switch's clock
 */
public record EventStamp(String coreUuid, long sequence, long now, SwitchClock clock) {}
