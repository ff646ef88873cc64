package io.penstock.bench.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * As much of S3 as it takes to list and read very many objects that are nowhere: they all have the
 * same few bytes. Signatures are not looked at.
 */
public final class SyntheticS3 implements AutoCloseable {
  private static final int PAGE = 1_000;
  private static final int THREADS = 8;
  private static final String PREFIX = "in/";
  private static final String ETAG = "\"0123456789abcdef0123456789abcdef\"";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final int keys;
  private final byte[] object;

  private SyntheticS3(HttpServer server, int keys, byte[] object) {
    this.server = server;
    this.keys = keys;
    this.object = object.clone();
  }

  /** Any bucket holds so many objects. */
  public static SyntheticS3 start(int keys, byte[] object) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SyntheticS3 s3 = new SyntheticS3(server, keys, object);
    server.setExecutor(s3.threads);
    server.createContext("/", s3::answer);
    server.start();
    return s3;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What all keys begin with. */
  public String prefix() {
    return PREFIX;
  }

  private static String key(int number) {
    return PREFIX + "%09d.json.gz".formatted(number);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> query = query(exchange.getRequestURI());
      if (query.containsKey("list-type")) {
        byte[] page = page(query).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
      } else {
        object(exchange);
      }
    }
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String one : uri.getRawQuery().split("&", -1)) {
        int equals = one.indexOf('=');
        String name = equals < 0 ? one : one.substring(0, equals);
        String value = equals < 0 ? "" : one.substring(equals + 1);
        query.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8));
      }
    }
    return query;
  }

  private String page(Map<String, String> query) {
    int size = Math.min(PAGE, Integer.parseInt(query.getOrDefault("max-keys", "" + PAGE)));
    int from = 0;
    if (query.containsKey("continuation-token")) {
      from = Integer.parseInt(query.get("continuation-token"));
    } else if (query.getOrDefault("start-after", "").startsWith(PREFIX)) {
      from = 1 + Integer.parseInt(query.get("start-after").replaceAll("\\D", ""));
    }
    int to = Math.min(keys, from + size);
    StringBuilder xml = new StringBuilder(size * 256);
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult><KeyCount>");
    xml.append(to - from).append("</KeyCount><MaxKeys>").append(size).append("</MaxKeys>");
    xml.append("<IsTruncated>").append(to < keys).append("</IsTruncated>");
    if (to < keys) {
      xml.append("<NextContinuationToken>").append(to).append("</NextContinuationToken>");
    }
    for (int i = from; i < to; i++) {
      xml.append("<Contents><Key>").append(key(i)).append("</Key>");
      xml.append("<LastModified>2026-03-01T00:00:00.000Z</LastModified><ETag>").append(ETAG);
      xml.append("</ETag><Size>").append(object.length).append("</Size>");
      xml.append("<StorageClass>STANDARD</StorageClass></Contents>");
    }
    return xml.append("</ListBucketResult>").toString();
  }

  private void object(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("ETag", ETAG);
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    String range = exchange.getRequestHeaders().getFirst("Range");
    byte[] body = object;
    int status = 200;
    if (range != null) {
      String[] ends = range.substring(range.indexOf('=') + 1).split("-", 2);
      int from = Integer.parseInt(ends[0]);
      int last =
          ends[1].isEmpty()
              ? object.length - 1
              : (int) Math.min(object.length - 1L, Long.parseLong(ends[1]));
      body = Arrays.copyOfRange(object, from, last + 1);
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + last + "/" + object.length);
      status = 206;
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", "" + body.length);
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
