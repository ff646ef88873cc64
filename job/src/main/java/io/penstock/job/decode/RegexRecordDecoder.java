package io.penstock.job.decode;

import io.penstock.spec.ColumnSource;
import io.penstock.spec.ColumnSpec;
import io.penstock.spec.ColumnType;
import io.penstock.spec.RecordFormat;
import io.penstock.spec.RejectCode;
import io.penstock.spec.TransformSpec;
import io.penstock.spec.expression.RegularExpression;
import java.util.List;
import java.util.regex.Matcher;

/** A line is a record if an expression matches the whole of it; its groups are the fields. */
final class RegexRecordDecoder implements RecordDecoder {
  private final RegularExpression expression;
  private final List<ColumnSpec> columns;
  private final Utf8 utf8 = new Utf8();

  RegexRecordDecoder(RecordFormat.Regex format, TransformSpec transform) {
    this.expression = new RegularExpression(format.pattern());
    this.columns = transform.convertedColumns();
  }

  @Override
  public void objectStarted() {
    // Every line stands for itself.
  }

  @Override
  public boolean decode(byte[] bytes, int from, int to, Fields fields) throws RowRejected {
    Matcher matcher = expression.matcher(utf8.decode(bytes, from, to));
    if (!matches(matcher)) {
      throw RowRejected.record(
          RejectCode.MALFORMED_ROW, "the pattern does not match the whole line");
    }
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).source() instanceof ColumnSource.Position position
          && position.index() < matcher.groupCount()) {
        String group = matcher.group(position.index() + 1);
        if (group != null) {
          boolean isJson = columns.get(i).type() == ColumnType.JSON;
          fields.set(i, isJson ? FieldKind.STRING : FieldKind.TEXT, group);
        }
      }
    }
    return true;
  }

  private static boolean matches(Matcher matcher) throws RowRejected {
    try {
      return matcher.matches();
    } catch (RegularExpression.TooCostly e) {
      throw RowRejected.record(RejectCode.MALFORMED_ROW, e.getMessage());
    } catch (StackOverflowError e) {
      throw RowRejected.record(RejectCode.MALFORMED_ROW, "a regular expression recurs too deeply");
    }
  }
}
