package dev.callout.simulator;

/** Whether a sofia gateway accepts calls. */
public enum GatewayState {
    /** Calls go through to the callees. */
    UP,
    /** Known but unreachable: {@code -ERR GATEWAY_DOWN}, with a single CHANNEL_DESTROY. */
    DOWN,
    /** Not configured: {@code -ERR INVALID_GATEWAY}, with a single CHANNEL_DESTROY. */
    UNKNOWN
}
