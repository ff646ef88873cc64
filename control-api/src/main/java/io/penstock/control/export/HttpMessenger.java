package io.penstock.control.export;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers by POST. */
public final class HttpMessenger implements Messenger {
  private static final Logger LOG = LoggerFactory.getLogger(HttpMessenger.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  @Override
  public boolean deliver(String url, Map<String, String> headers, String body) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(PATIENCE)
              .POST(BodyPublishers.ofString(body));
      headers.forEach(request::header);
      int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
      return status >= 200 && status < 300;
    } catch (IOException | IllegalArgumentException e) {
      LOG.debug("a message was not delivered", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
