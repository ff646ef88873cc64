package io.penstock.standalone;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** An S3 endpoint before another one, at which requests meet what a test wants. Thread-safe. */
public final class FaultyS3 implements AutoCloseable {
  private static final String TIMED_OUT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Error><Code>RequestTimeout</Code><Message>Your socket connection to the server was not read from or written to within the timeout period.</Message></Error>""";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Rule> rules = new ArrayList<>();
  private final List<CountDownLatch> held = new ArrayList<>();
  private volatile URI store;

  private FaultyS3(HttpServer server) {
    this.server = server;
  }

  /** What is asked. */
  public record Request(String method, String path, String query) {
    public boolean isPart(int number) {
      return method.equals("PUT") && ("&" + query + "&").contains("&partNumber=" + number + "&");
    }

    public boolean completesAnUpload() {
      return method.equals("POST") && query.startsWith("uploadId=");
    }
  }

  /** What requests meet. */
  public enum Fault {
    /** The store never sees it, and it is answered that it was too slow. */
    TIMES_OUT,
    /** The store does it, and nobody hears of that. */
    ANSWER_IS_LOST,
    /** It waits until the endpoint is healthy again. */
    IS_HELD
  }

  private record Rule(Predicate<Request> which, AtomicInteger left, Fault fault) {}

  /** One that is healthy at first, and has no store yet. */
  public static FaultyS3 start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FaultyS3 faulty = new FaultyS3(server);
    server.setExecutor(faulty.threads);
    server.createContext("/", faulty::answer);
    server.start();
    return faulty;
  }

  /** What requests are passed on to from now on. */
  public void before(URI other) {
    store = other;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public synchronized void fault(Fault fault, int times, Predicate<Request> which) {
    rules.add(new Rule(which, new AtomicInteger(times), fault));
  }

  /** How often the faults may still happen. */
  public synchronized int left() {
    return rules.stream().mapToInt(rule -> Math.max(0, rule.left().get())).sum();
  }

  /** How many requests are held. */
  public synchronized int held() {
    return held.size();
  }

  public synchronized void heal() {
    rules.clear();
    held.forEach(CountDownLatch::countDown);
    held.clear();
  }

  private synchronized Fault fault(Request request) {
    for (Rule rule : rules) {
      if (rule.left().get() > 0 && rule.which().test(request)) {
        rule.left().decrementAndGet();
        return rule.fault();
      }
    }
    return null;
  }

  private synchronized CountDownLatch hold() {
    CountDownLatch latch = new CountDownLatch(1);
    held.add(latch);
    return latch;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI url = exchange.getRequestURI();
      String query = url.getRawQuery() == null ? "" : url.getRawQuery();
      Fault fault = fault(new Request(exchange.getRequestMethod(), url.getRawPath(), query));
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (fault == Fault.TIMES_OUT) {
        byte[] text = TIMED_OUT.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(400, text.length);
        exchange.getResponseBody().write(text);
        return;
      }
      if (fault == Fault.IS_HELD) {
        hold().await();
      }
      forward(exchange, body, fault == Fault.ANSWER_IS_LOST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forward(HttpExchange exchange, byte[] body, boolean lost) throws IOException {
    try (Socket socket = new Socket(store.getHost(), store.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(head(exchange, body.length).getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      InputStream in = new BufferedInputStream(socket.getInputStream());
      int status = Integer.parseInt(line(in).split(" ", -1)[1]);
      Headers headers = exchange.getResponseHeaders();
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        int colon = line.indexOf(':');
        headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
      }
      byte[] answer = in.readAllBytes();
      if (!lost) {
        headers.remove("Connection");
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
      }
    }
  }

  /** Of HTTP/1.0, after whose answer the connection ends; signatures do not see that. */
  private static String head(HttpExchange exchange, int length) {
    StringBuilder head = new StringBuilder();
    head.append(exchange.getRequestMethod()).append(' ').append(exchange.getRequestURI());
    head.append(" HTTP/1.0\r\n");
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (!List.of("connection", "expect", "content-length", "transfer-encoding")
                  .contains(lower)) {
                values.forEach(value -> head.append(name + ": " + value + "\r\n"));
              }
            });
    return head.append("Content-Length: ").append(length).append("\r\n\r\n").toString();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** Takes connections and resets each at once; to be closed. */
  public static ServerSocket resetting() throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                  socket.setSoLinger(true, 0);
                } catch (IOException e) {
                  // Closed, or the other side was faster.
                  Thread.onSpinWait();
                }
              }
            },
            "resetting");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  @Override
  public void close() {
    heal();
    server.stop(0);
    threads.shutdownNow();
  }
}
