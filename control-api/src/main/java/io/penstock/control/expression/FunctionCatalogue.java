package io.penstock.control.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The functions that a dialect has, by name; case does not matter. */
final class FunctionCatalogue {
  private final Map<String, List<Signature>> signatures = new TreeMap<>();

  /** Several of one name are tried in their order. */
  FunctionCatalogue(Collection<Signature> all) {
    for (Signature signature : all) {
      signatures.merge(
          signature.name(),
          List.of(signature),
          (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
    }
  }

  Optional<List<Signature>> find(String name) {
    return Optional.ofNullable(signatures.get(name.toUpperCase(Locale.ROOT)));
  }

  /** All that somebody may have meant. */
  Collection<String> names() {
    List<String> names = new ArrayList<>(signatures.keySet());
    names.addAll(SpecialForms.names());
    return names;
  }
}
