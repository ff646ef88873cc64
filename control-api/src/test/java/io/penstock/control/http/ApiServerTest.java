package io.penstock.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.catalog.Callers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ApiServerTest {
  /** One connection carries both, and its server remembers headers. */
  @Test
  void aKeyIsReadAsItWasSentThoughItBeginsLikeAnotherOneOfOtherCase() throws Exception {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    Callers nobody =
        credential -> {
          seen.add(credential);
          return Optional.empty();
        };
    try (ApiServer server = new ApiServer("127.0.0.1", 0, nobody, List.of())) {
      server.start();
      HttpClient client = HttpClient.newHttpClient();
      for (String key : List.of("phx_k", "phx_KeEp")) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(server.uri() + "/any"))
                .header("Authorization", "Bearer " + key)
                .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
      }
    }
    assertThat(seen).containsExactly("phx_k", "phx_KeEp");
  }
}
