package io.penstock.control.export;

import java.util.Map;

/** Delivers messages. Thread-safe. */
@FunctionalInterface
public interface Messenger {
  /** Whether the other side said that it has it. Nothing is thrown; redirects are not followed. */
  boolean deliver(String url, Map<String, String> headers, String body);
}
