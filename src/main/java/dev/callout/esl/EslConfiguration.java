package dev.callout.esl;

import dev.callout.esl.client.EslSettings;
import java.time.Duration;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The connection options of one switch. */
@UriParams
@Configurer
public class EslConfiguration implements Cloneable {

    @UriParam
    private String host;

    @UriParam(defaultValue = "8021")
    private int port = 8021;

    @UriParam(label = "security")
    private String user;

    @UriParam(label = "security", secret = true, defaultValue = "ClueCon")
    private String password = "ClueCon";

    @UriParam(label = "advanced", defaultValue = "5000", javaType = "java.time.Duration")
    private long connectTimeout = 5_000;

    @UriParam(label = "advanced", defaultValue = "10000", javaType = "java.time.Duration")
    private long commandTimeout = 10_000;

    @UriParam(label = "advanced", defaultValue = "60000", javaType = "java.time.Duration")
    private long silenceLimit = 60_000;

    @UriParam(label = "advanced", defaultValue = "1000", javaType = "java.time.Duration")
    private long reconnectDelay = 1_000;

    @UriParam(label = "advanced", defaultValue = "30000", javaType = "java.time.Duration")
    private long maxReconnectDelay = 30_000;

    @UriParam(label = "advanced", defaultValue = "1048576")
    private int maxFrameBytes = EslSettings.DEFAULT_MAX_FRAME_BYTES;

    EslConfiguration copy() {
        try {
            return (EslConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /**
     * Converts these options into the settings that a connection to this switch needs.
     *
     * @throws IllegalArgumentException if an option is missing or out of range; the text names the option and the
     *                                  switch
     */
    EslSettings toSettings(String name, EslSettings.Subscription subscription) {
        if (host == null) {
            throw new IllegalArgumentException("Switch " + name + " of component esl has no host");
        }
        return new EslSettings(
                name,
                host,
                port,
                new EslSettings.Account(user, password),
                new EslSettings.Limits(
                        Duration.ofMillis(connectTimeout),
                        Duration.ofMillis(commandTimeout),
                        Duration.ofMillis(silenceLimit),
                        Duration.ofMillis(reconnectDelay),
                        Duration.ofMillis(maxReconnectDelay),
                        maxFrameBytes),
                subscription);
    }

    /** What to call a switch that has no other name. */
    String hostAndPort() {
        return host + ":" + port;
    }

    public String getHost() {
        return host;
    }

    /**
     * Host name or address of the switch's event socket. Set on an endpoint, it defines a separate switch, named
     * host:port.
     */
    public void setHost(String host) {
        this.host = host;
    }

    public int getPort() {
        return port;
    }

    /** Port of the switch's event socket. */
    public void setPort(int port) {
        this.port = port;
    }

    public String getUser() {
        return user;
    }

    /**
     * User of FreeSWITCH's directory to log in as: its name, an at sign, its domain. The password is then the user's
     * esl-password. Absent: log in with the event socket's own password.
     */
    public void setUser(String user) {
        this.user = user;
    }

    public String getPassword() {
        return password;
    }

    /** Password of the switch's event socket, or of the user. The default is FreeSWITCH's own default. */
    public void setPassword(String password) {
        this.password = password;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    /** How long establishing a TCP connection may take. */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getCommandTimeout() {
        return commandTimeout;
    }

    /** How long the reply to one command may take. If a reply is late, the connection is closed and made again. */
    public void setCommandTimeout(long commandTimeout) {
        this.commandTimeout = commandTimeout;
    }

    public long getSilenceLimit() {
        return silenceLimit;
    }

    /**
     * After this time without a byte, the switch is asked for a sign of life. If none comes, the connection is made
     * again.
     */
    public void setSilenceLimit(long silenceLimit) {
        this.silenceLimit = silenceLimit;
    }

    public long getReconnectDelay() {
        return reconnectDelay;
    }

    /** The first wait before reconnecting. It doubles with every failure. */
    public void setReconnectDelay(long reconnectDelay) {
        this.reconnectDelay = reconnectDelay;
    }

    public long getMaxReconnectDelay() {
        return maxReconnectDelay;
    }

    /** The longest wait before reconnecting. */
    public void setMaxReconnectDelay(long maxReconnectDelay) {
        this.maxReconnectDelay = maxReconnectDelay;
    }

    public int getMaxFrameBytes() {
        return maxFrameBytes;
    }

    /**
     * The maximum size in bytes of one message from the switch, at least 1024. A longer message closes the connection.
     */
    public void setMaxFrameBytes(int maxFrameBytes) {
        this.maxFrameBytes = maxFrameBytes;
    }
}
