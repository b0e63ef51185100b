package dev.callout.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.callout.api.access.ApiTokens;
import dev.callout.api.access.Callers;
import dev.callout.settings.HttpSettings;
import dev.callout.testbed.LogCapture;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.camel.component.netty.http.InboundStreamHttpRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Requests over real sockets, all connections on one event loop; each is answered with its body's checksum. */
class RequestReaderIT {

    private static final byte[] LARGE = new byte[8 << 20];
    private static final String UPLOAD = "/api/campaigns/any/numbers";

    static {
        new Random(5).nextBytes(LARGE);
    }

    @TempDir
    private Path folder;

    private final NioEventLoopGroup loop = new NioEventLoopGroup(1);
    private final HttpAcceptor acceptor = new HttpAcceptor(Thread::new, 3);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Disk disk = new Disk();
    /** Of a request to /slow: whether it is being answered, and when it is. */
    private final CountDownLatch answering = new CountDownLatch(1);

    private final CompletableFuture<Void> answer = new CompletableFuture<>();
    private Channel server;
    private int port;

    /** Threads that write files, unless the disk stands still. */
    private static final class Disk implements Executor {

        private final AtomicInteger tasks = new AtomicInteger();
        private volatile CountDownLatch free = new CountDownLatch(0);

        @Override
        public void execute(Runnable task) {
            tasks.incrementAndGet();
            CompletableFuture.runAsync(() -> {
                try {
                    free.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                task.run();
            });
        }
    }

    private static Callers callers() {
        ApiTokens none = new ApiTokens(used -> List.of());
        none.refresh();
        return new Callers(none);
    }

    private final class Checksum extends SimpleChannelInboundHandler<InboundStreamHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, InboundStreamHttpRequest request)
                throws IOException {
            try (InputStream body = request.getInputStream()) {
                byte[] text = checksum(body.readAllBytes()).getBytes(StandardCharsets.UTF_8);
                if (request.getHttpRequest().uri().equals("/slow")) {
                    answer.thenRun(() -> respond(context, text));
                    answering.countDown();
                } else {
                    respond(context, text);
                }
            }
        }

        private void respond(ChannelHandlerContext context, byte[] text) {
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(text));
            response.headers().set(HttpHeaderNames.CONTENT_LENGTH, text.length);
            context.writeAndFlush(response);
        }
    }

    private static String checksum(byte[] bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        return String.format("%08x", sum.getValue());
    }

    private void listen(Path temporary) {
        HttpPipeline pipeline = new HttpPipeline(
                () -> new HttpSettings("127.0.0.1", 1, Optional.empty(), Set.of(), Set.of()),
                path -> false,
                callers(),
                temporary,
                disk);
        server = new ServerBootstrap()
                .group(acceptor, loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpServerCodec(), pipeline.newChannelHandler());
                        channel.pipeline().addLast(new Checksum());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        port = ((InetSocketAddress) server.localAddress()).getPort();
    }

    @AfterEach
    void stop() {
        disk.free.countDown();
        acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void aDiskThatStandsStillHoldsUpTheUploadOnlyAndNothingMoreIsRead() throws Exception {
        listen(folder);
        disk.free = new CountDownLatch(1);
        CompletableFuture<HttpResponse<String>> upload = upload();
        await().until(() -> disk.tasks.get() == 1);

        assertThat(get().body()).isEqualTo(checksum(new byte[0]));
        assertThat(disk.tasks).hasValue(1);
        assertThat(upload).isNotDone();

        disk.free.countDown();
        assertThat(upload.get(60, TimeUnit.SECONDS).body()).isEqualTo(checksum(LARGE));
    }

    @Test
    void whereNoFileCanBeMadeTheClientIsToldSoWhenItHasSentEverything() throws Exception {
        listen(folder.resolve("missing"));
        try (LogCapture log = new LogCapture()) {
            HttpResponse<String> reply = upload().get(60, TimeUnit.SECONDS);

            assertThat(reply.statusCode()).isEqualTo(503);
            assertThat(reply.body()).contains("No temporary file can be used");
            assertThat(log.warnings()).singleElement().asString().contains("NoSuchFileException");
        }
        assertThat(get().statusCode()).isEqualTo(200);
    }

    @Test
    void aSlowSenderIsWaitedForAndRequestsOnOneConnectionAreAnsweredInTheirOrder() throws Exception {
        listen(folder);
        byte[] body = "+49 30 1\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + UPLOAD + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(body, 0, 100_000);
            await().until(() -> disk.tasks.get() >= 2);
            assertThat(get().statusCode()).isEqualTo(200);
            out.write(body, 100_000, body.length - 100_000);
            out.write("GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.UTF_8));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .containsSubsequence("200 OK", checksum(body), "200 OK", checksum(new byte[0]));
        }
    }

    @Test
    void aRefusalDoesNotOvertakeTheAnswerToTheRequestBeforeIt() throws Exception {
        listen(folder);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write("HEAD /slow HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            out.write("GET /health HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(answering.await(60, TimeUnit.SECONDS)).isTrue();
            await().during(Duration.ofMillis(200))
                    .until(() -> socket.getInputStream().available() == 0);
            answer.complete(null);

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .containsSubsequence("200 OK", "content-length: 8", "\r\n\r\nHTTP/1.1 403", "connection: close");
        }
    }

    @Test
    void moreConnectionsThanAreAllowedAreClosedAtOnceAndMissingDescriptorsAreSaidOnce() throws Exception {
        listen(folder);
        try (LogCapture log = new LogCapture()) {
            List<Socket> open = List.of(connected(), connected(), connected());
            try (Socket tooMany = new Socket("127.0.0.1", port)) {
                tooMany.setSoTimeout(60_000);
                assertThat(tooMany.getInputStream().read()).isEqualTo(-1);
            }
            for (Socket one : open) {
                one.close();
            }
            for (int i = 0; i < 3; i++) {
                server.pipeline().fireExceptionCaught(new IOException("Too many open files"));
            }
            await().ignoreExceptions().until(() -> get().statusCode() == 200);
            assertThat(log.warnings())
                    .containsExactly(
                            "HttpAcceptor: HTTP: a connection was closed at once, because 3 are open",
                            "HttpAcceptor: HTTP: cannot accept connections, will retry every second: Too many open"
                                    + " files");
            assertThat(log.stackTraces()).isEmpty();
        }
    }

    /** One that has been taken. */
    private Socket connected() throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void anUploadThatBreaksOffLeavesNoFile() throws Exception {
        listen(folder);
        try (Socket socket = new Socket("127.0.0.1", port)) {
            String head = "POST " + UPLOAD + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000000\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(LARGE, 0, 200_000);
            await().until(() -> openFiles() == 1);
        }
        await().until(() -> openFiles() == 0);
        assertThat(folder).isEmptyDirectory();
    }

    /** Deleted ones that somebody still holds open count, too. */
    private long openFiles() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(one -> {
                        try {
                            return Files.readSymbolicLink(one).startsWith(folder);
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        }
    }

    private CompletableFuture<HttpResponse<String>> upload() {
        return client.sendAsync(
                request(UPLOAD)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(LARGE))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get() throws Exception {
        return client.send(request("/health").build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }
}
