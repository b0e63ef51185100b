package dev.callout.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.callout.api.access.ApiTokens;
import dev.callout.api.access.Callers;
import dev.callout.settings.HttpSettings;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.flow.FlowControlHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.netty.http.InboundStreamHttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a client may keep a connection waiting. */
class RequestReaderTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(
            DefaultChannelId.newInstance(),
            false,
            false,
            new FlowControlHandler(),
            new ResponseWriter(),
            new RequestReader(
                    new RequestGuard(
                            () -> new HttpSettings("127.0.0.1", 1, Optional.empty(), Set.of(), Set.of()),
                            path -> false,
                            callers()),
                    () -> new BodyFile(Path.of("."), Runnable::run)));

    private static Callers callers() {
        ApiTokens none = new ApiTokens(used -> List.of());
        none.refresh();
        return new Callers(none);
    }

    @BeforeEach
    void connect() throws Exception {
        channel.register();
        channel.freezeTime();
    }

    private void pass(long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private void sendHead() {
        HttpRequest head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/api/prompts");
        head.headers().set("Host", "localhost");
        channel.writeInbound(head);
    }

    private void answer() {
        Object request = channel.readInbound();
        assertThat(request).isInstanceOf(InboundStreamHttpRequest.class);
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    }

    @Test
    void aConnectionOnWhichNoRequestComesIsClosed() {
        pass(19);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aBodyMayBeSlowButNotStandStill() {
        sendHead();
        for (int i = 0; i < 10; i++) {
            pass(59);
            channel.writeInbound(new DefaultHttpContent(Unpooled.copiedBuffer(new byte[] {' '})));
        }
        assertThat(channel.isOpen()).isTrue();
        pass(60);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anAnswerMayTakeItsTimeAndThenTheNextRequestIsWaitedFor() {
        sendHead();
        channel.writeInbound(new DefaultLastHttpContent());
        pass(3600);
        assertThat(channel.isOpen()).isTrue();
        answer();
        pass(74);
        sendHead();
        channel.writeInbound(new DefaultLastHttpContent());
        answer();
        pass(74);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }
}
