package io.penstock.control.expression;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;

/** The functions that a dialect has, by name; case does not matter. */
final class FunctionCatalogue {
  private final Map<String, List<Signature>> signatures = new TreeMap<>();

  private final Map<String, SpecialForms.Form> forms;
  private final Refusals refusals;

  /** Why a function that the dialect has cannot be called where it is; empty for any other. */
  @FunctionalInterface
  interface Refusals {
    Optional<Mistake> of(SqlCall call);
  }

  /** Several of one name are tried in their order. */
  FunctionCatalogue(Collection<Signature> all, Refusals refusals) {
    this(all, Map.of(), refusals);
  }

  /**
   * @param forms of functions and operators of the dialect alone, by name in upper case; they come
   *     before those that all dialects have
   */
  FunctionCatalogue(Collection<Signature> all, Map<String, SpecialForms.Form> forms) {
    this(all, forms, call -> Optional.empty());
  }

  private FunctionCatalogue(
      Collection<Signature> all, Map<String, SpecialForms.Form> forms, Refusals refusals) {
    this.forms = Map.copyOf(forms);
    this.refusals = refusals;
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

  Optional<Mistake> refusal(SqlCall call) {
    return refusals.of(call);
  }

  Optional<SpecialForms.Form> form(SqlCall call) {
    return Optional.ofNullable(forms.get(call.getOperator().getName().toUpperCase(Locale.ROOT)));
  }

  /** Whether the dialect has a function of the name, which is in upper case. */
  boolean knows(String name) {
    return signatures.containsKey(name) || forms.containsKey(name);
  }

  /** All that somebody may have meant. */
  Collection<String> names() {
    List<String> names = new ArrayList<>(signatures.keySet());
    names.addAll(SpecialForms.names());
    names.addAll(forms.keySet());
    return names;
  }
}
