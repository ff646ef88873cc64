package io.penstock.control.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Makes sentences of Flink's stack traces: no class names, no frames. */
final class Failures {
  private static final String CAUSED_BY = "Caused by: ";

  private Failures() {}

  /** Of {@code /jobs/:id/exceptions}. */
  static Optional<String> rootCause(JsonNode exceptions) {
    JsonNode entries = exceptions.path("exceptionHistory").path("entries");
    String trace =
        entries.isEmpty()
            ? exceptions.path("root-exception").asText("")
            : entries.get(0).path("stacktrace").asText("");
    return trace.isBlank() ? Optional.empty() : Optional.of(innermost(trace));
  }

  /** Of an asynchronous operation's {@code failure-cause}. */
  static String sentence(JsonNode cause) {
    return innermost(cause.path("stack-trace").asText(cause.path("class").asText("unknown")));
  }

  /** Of an error answer. */
  static String firstLine(JsonNode body) {
    JsonNode errors = body.path("errors");
    String text = errors.isEmpty() ? "" : errors.get(errors.size() - 1).asText();
    return innermost(text);
  }

  private static String innermost(String trace) {
    String deepest = trace.lines().findFirst().orElse("");
    for (String line : trace.lines().toList()) {
      if (line.startsWith(CAUSED_BY)) {
        deepest = line.substring(CAUSED_BY.length());
      }
    }
    return deepest.replaceFirst("^(?:[\\w$]+\\.)+[\\w$]+(?:: |$)", "").strip();
  }
}
