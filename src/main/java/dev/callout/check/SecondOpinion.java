package dev.callout.check;

import dev.callout.settings.SwitchSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.string.StringEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import link.thingscloud.freeswitch.esl.inbound.handler.InboundChannelHandler;
import link.thingscloud.freeswitch.esl.inbound.listener.ChannelEventListener;
import link.thingscloud.freeswitch.esl.transport.CommandResponse;
import link.thingscloud.freeswitch.esl.transport.event.EslEvent;
import link.thingscloud.freeswitch.esl.transport.message.EslFrameDecoder;
import link.thingscloud.freeswitch.esl.transport.message.EslMessage;
import org.slf4j.LoggerFactory;

/**
 * Asks a switch through esl-client, whose protocol code has nothing in common with Callout's.
 * <p>
 * Uses its decoder and its connection handler, but not its InboundClient, which retries the connection for ever, takes
 * a refused password for a success, and leaves threads behind. A wait of esl-client without a limit is not ended here:
 * the caller sets a limit, and shuts down the threads.
 *
 * @param threads  threads on which esl-client waits for replies; interrupting them ends the wait
 * @param patience longest time for connecting
 */
record SecondOpinion(EventLoopGroup group, ExecutorService threads, Duration patience) {

    private static final int MOST_HEADER_BYTES = 8192;

    /**
     * Logs in and asks for the version.
     *
     * @return the switch's answer; fails with an exception whose message is for an operator, or never completes
     */
    CompletableFuture<String> ask(SwitchSettings one) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        if (LoggerFactory.getLogger(InboundChannelHandler.class).isTraceEnabled()) {
            answer.completeExceptionally(
                    new IllegalStateException("not asked: at TRACE it would write the password to the log"));
            return answer;
        }
        ChannelFuture connecting = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) patience.toMillis())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new StringEncoder(StandardCharsets.UTF_8),
                                        new EslFrameDecoder(MOST_HEADER_BYTES),
                                        new InboundChannelHandler(
                                                new Conversation(one.password(), answer), threads, threads, true));
                    }
                })
                .connect(one.host(), one.port());
        connecting.addListener(result -> {
            if (!result.isSuccess()) {
                answer.completeExceptionally(new IllegalStateException(
                        "cannot connect: " + result.cause().getMessage()));
            }
        });
        answer.whenComplete((result, fault) -> connecting.channel().close());
        return answer;
    }

    /** Receives what esl-client reports about its connection. */
    private static final class Conversation implements ChannelEventListener {

        private final String password;
        private final CompletableFuture<String> answer;

        private Conversation(String password, CompletableFuture<String> answer) {
            this.password = password;
            this.answer = answer;
        }

        /** Called on one of the threads, because the commands block. */
        @Override
        public void handleAuthRequest(String address, InboundChannelHandler handler) {
            try {
                EslMessage reply = handler.sendSyncSingleLineCommand("auth " + password);
                if (new CommandResponse("auth", reply).isOk()) {
                    answer.complete(String.join(
                                    " ",
                                    handler.sendSyncSingleLineCommand("api version")
                                            .getBodyLines())
                            .strip());
                } else {
                    fail("the switch refused the password");
                }
            } catch (RuntimeException e) {
                fail("esl-client failed: " + e);
            }
        }

        @Override
        public void onChannelClosed(String address) {
            fail("the switch closed the connection");
        }

        @Override
        public void handleRudeRejection(String address) {
            fail("the switch refuses this machine's address");
        }

        @Override
        public void handleDisconnectNotice(String address) {
            fail("the switch ended the connection");
        }

        @Override
        public void onChannelActive(String address, InboundChannelHandler handler) {
            // Nothing to do: the switch speaks first.
        }

        @Override
        public void handleEslEvent(String address, EslEvent event) {
            // Nothing to do: no event is subscribed to.
        }

        private void fail(String reason) {
            answer.completeExceptionally(new IllegalStateException(reason));
        }
    }
}
