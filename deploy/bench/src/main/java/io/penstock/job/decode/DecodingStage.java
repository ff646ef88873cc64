package io.penstock.job.decode;

import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.RowEvent;
import io.penstock.spec.TransformSpec;
import java.util.List;
import java.util.function.Consumer;

/** The decoder, for those who measure it. */
public final class DecodingStage {
  private DecodingStage() {}

  public static ReadEvent.Receiver of(TransformSpec transform, Consumer<RowEvent> output) {
    return new TaskDecoder(transform, Totals.ZERO, List.of(), output);
  }
}
