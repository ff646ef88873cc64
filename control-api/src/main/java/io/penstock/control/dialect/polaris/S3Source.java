package io.penstock.control.dialect.polaris;

import com.google.re2j.Pattern;
import io.penstock.control.expression.NearestName;
import io.penstock.control.job.JobDefinition;
import io.penstock.spec.ObjectSelection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Translates a source of type {@code s3}. Pure. */
final class S3Source {
  private static final Set<String> KNOWN =
      Set.of(
          "type",
          "connectionName",
          "inputSchema",
          "formatSettings",
          "uris",
          "objects",
          "prefixes",
          "pattern");
  private static final List<String> FORMS = List.of("uris", "objects", "prefixes", "pattern");

  /** Of stored bytes, in a task. */
  static final long INPUT_AGGREGATION = 1_536_000_000L;

  private final Fields source;
  private final References references;

  S3Source(Fields source, References references) {
    this.source = source;
    this.references = references;
  }

  /** What is selected of a bucket. */
  private record Selected(ObjectSelection selection, String filter) {}

  /** Names of the files, if they are known. */
  List<String> names() {
    List<String> names = new ArrayList<>(source.has("uris") ? texts("uris") : List.of());
    names.addAll(source.has("objects") ? texts("objects") : List.of());
    if (source.json().path("pattern").isTextual()) {
      names.add(source.json().path("pattern").textValue());
    }
    return names;
  }

  private List<String> texts(String field) {
    // What is no text is reported where the field is translated.
    return new Fields(source.json(), "", new Problems()).texts(field);
  }

  /** Empty if something is wrong with it, which is noted. */
  Optional<JobDefinition.Source> translate() {
    source.allowOnly(KNOWN);
    Optional<Connection> connection = connection();
    List<String> given = FORMS.stream().filter(source::has).toList();
    if (given.size() != 1) {
      source.bad(
          given.isEmpty() ? "prefixes" : given.get(1),
          "Exactly one of uris, objects, prefixes and pattern must be given.");
      return Optional.empty();
    }
    return connection.flatMap(c -> selected(given.get(0), c).map(selected -> source(c, selected)));
  }

  private Optional<Connection> connection() {
    Optional<String> name = source.requiredText("connectionName");
    Optional<Connection> connection = name.flatMap(references::connection);
    if (name.isPresent() && connection.isEmpty()) {
      source.bad(
          "connectionName",
          "There is no connection \"%s\".%s"
              .formatted(name.get(), NearestName.hint(name.get(), references.connections())));
    }
    return connection;
  }

  private Optional<Selected> selected(String form, Connection connection) {
    return switch (form) {
      case "uris" -> keys("uris", uris(connection), connection);
      case "objects" -> keys("objects", source.texts("objects"), connection);
      case "prefixes" -> prefixes(connection);
      default -> pattern(connection);
    };
  }

  private List<String> uris(Connection connection) {
    String start = "s3://" + connection.bucket() + "/";
    List<String> keys = new ArrayList<>();
    List<String> uris = source.texts("uris");
    for (int i = 0; i < uris.size(); i++) {
      if (uris.get(i).startsWith(start)) {
        keys.add(uris.get(i).substring(start.length()));
      } else {
        source.bad("uris[" + i + "]", "The URI must begin with " + start + ", the connection's.");
        keys.add(connection.prefix());
      }
    }
    return keys;
  }

  private Optional<Selected> keys(String form, List<String> keys, Connection connection) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).isEmpty() && !form.equals("uris")) {
        source.bad(form + "[" + i + "]", "The key must not be empty.");
      } else if (!keys.get(i).startsWith(connection.prefix())) {
        source.bad(
            form + "[" + i + "]",
            "The key must begin with " + connection.prefix() + ", the connection's prefix.");
      }
    }
    List<String> named = keys.stream().filter(key -> !key.isEmpty()).toList();
    if (named.isEmpty()) {
      source.bad(form, form + " must name at least one object.");
      return Optional.empty();
    }
    return Optional.of(new Selected(new ObjectSelection.Objects(named), ""));
  }

  private Optional<Selected> prefixes(Connection connection) {
    List<String> given = source.texts("prefixes");
    if (given.isEmpty()) {
      source.bad("prefixes", "prefixes must have at least one prefix.");
      return Optional.empty();
    }
    List<String> within = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Optional<String> narrower = narrower(given.get(i), connection.prefix());
      if (narrower.isEmpty()) {
        outside("prefixes[" + i + "]", connection);
      }
      narrower.ifPresent(within::add);
    }
    if (within.size() < given.size()) {
      return Optional.empty();
    }
    String common = within.stream().reduce(S3Source::common).orElse("");
    String filter =
        within.contains(common)
            ? ""
            : "^"
                + Pattern.quote("s3://" + connection.bucket() + "/")
                + within.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")"));
    return Optional.of(new Selected(new ObjectSelection.Prefix(common), filter));
  }

  private Optional<Selected> pattern(Connection connection) {
    Optional<Glob> glob = source.text("pattern").flatMap(Glob::parse);
    if (glob.isEmpty()) {
      source.bad("pattern", "pattern must be a glob of whole keys, such as a/**/*.json.gz");
      return Optional.empty();
    }
    Optional<String> prefix = narrower(glob.get().head(), connection.prefix());
    if (prefix.isEmpty()) {
      outside("pattern", connection);
      return Optional.empty();
    }
    String bucket = Pattern.quote("s3://" + connection.bucket() + "/");
    return Optional.of(
        new Selected(
            new ObjectSelection.Prefix(prefix.get()),
            "(?s)^" + bucket + glob.get().expression() + "$"));
  }

  private void outside(String field, Connection connection) {
    source.bad(
        field, "No key of it can begin with " + connection.prefix() + ", the connection's prefix.");
  }

  /** The longer of two prefixes that one key can both have. */
  private static Optional<String> narrower(String one, String other) {
    if (one.startsWith(other)) {
      return Optional.of(one);
    }
    return other.startsWith(one) ? Optional.of(other) : Optional.empty();
  }

  private static String common(String one, String other) {
    int end = 0;
    while (end < Math.min(one.length(), other.length()) && one.charAt(end) == other.charAt(end)) {
      end++;
    }
    return one.substring(0, end);
  }

  private static JobDefinition.Source source(Connection connection, Selected selected) {
    return new JobDefinition.Source(
        Optional.of(connection.object().id()),
        Optional.of(connection.endpoint()),
        Optional.of(connection.region()),
        "s3",
        connection.bucket(),
        selected.selection(),
        selected.filter(),
        0,
        INPUT_AGGREGATION);
  }
}
