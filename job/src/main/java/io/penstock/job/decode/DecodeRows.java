package io.penstock.job.decode;

import io.penstock.job.record.ChainedOnly;
import io.penstock.job.record.ReadEvent;
import io.penstock.job.record.RowEvent;
import io.penstock.spec.Accumulators;
import io.penstock.spec.JobSpec;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TransformSpec;
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Decodes chunks to batches of rows, and counts. Accumulators are not checkpointed, so the totals
 * of ended tasks are kept as state and added to fresh accumulators when the function opens; counts
 * of the task in hand are not kept, because a restored job reads that task anew.
 */
public final class DecodeRows extends ProcessFunction<ReadEvent, RowEvent>
    implements CheckpointedFunction, ResultTypeQueryable<RowEvent> {
  private final byte[] transformJson;
  private transient ListState<byte[]> state;
  private transient Totals restored;
  private transient TransformSpec transform;
  private transient TaskDecoder decoder;
  private transient ForwardingCollector forwarding;
  private transient List<Reported> reported;

  public DecodeRows(JobSpec spec) {
    this.transformJson = SpecJson.write(spec.transform());
  }

  @Override
  public TypeInformation<RowEvent> getProducedType() {
    return ChainedOnly.of(RowEvent.class);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "totals", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    restored = Totals.ZERO;
    for (byte[] bytes : state.get()) {
      restored = restored.plus(Totals.fromBytes(bytes));
    }
  }

  @Override
  public void open(OpenContext context) {
    forwarding = new ForwardingCollector();
    transform = SpecJson.read(transformJson, TransformSpec.class);
    decoder = decoder(transform, restored);
    reported =
        List.of(
            report(Accumulators.ROWS_READ, d -> d.totals().counts().rowsRead() + d.live().rowsRead),
            report(
                Accumulators.ROWS_WRITTEN,
                d -> d.totals().counts().rowsWritten() + d.live().rowsWritten),
            report(
                Accumulators.ROWS_FILTERED,
                d -> d.totals().counts().rowsFiltered() + d.live().rowsFiltered),
            report(
                Accumulators.ROWS_REJECTED,
                d -> d.totals().counts().rowsRejected() + d.live().rowsRejected),
            report(
                Accumulators.ROWS_WITH_WARNING,
                d -> d.totals().counts().rowsWithWarning() + d.live().rowsWithWarning),
            report(
                Accumulators.OBJECTS_DONE, d -> d.totals().counts().objects() + d.live().objects),
            report(
                Accumulators.STORED_BYTES,
                d -> d.totals().counts().storedBytes() + d.live().storedBytes),
            report(
                Accumulators.DECODED_BYTES,
                d -> d.totals().counts().decodedBytes() + d.live().decodedBytes),
            report(
                Accumulators.TASKS_STARTED,
                d -> d.totals().tasksRead() + d.totals().tasksFailed() + (d.taskOpen() ? 1 : 0)),
            report(Accumulators.TASKS_READ, d -> d.totals().tasksRead()),
            report(Accumulators.TASKS_FAILED, d -> d.totals().tasksFailed()));
    reported.forEach(Reported::update);
  }

  private TaskDecoder decoder(TransformSpec of, Totals before) {
    return new TaskDecoder(of, before, BatchStep.of(of), forwarding::forward);
  }

  private Reported report(String name, Figure figure) {
    LongCounter counter = new LongCounter();
    getRuntimeContext().addAccumulator(name, counter);
    Reported made = new Reported(counter, figure);
    getRuntimeContext().getMetricGroup().gauge(name, made::value);
    return made;
  }

  @Override
  public void processElement(ReadEvent event, Context context, Collector<RowEvent> out)
      throws Exception {
    forwarding.target = out;
    if (event instanceof ReadEvent.TaskStarted started) {
      // Where "now" is another one for each task, so is what decodes it.
      started
          .task()
          .plannedAt()
          .ifPresent(now -> decoder = decoder(transform.plannedAt(now), decoder.totals()));
    }
    event.deliverTo(decoder);
    for (Reported one : reported) {
      one.update();
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    state.update(List.of(decoder.totals().toBytes()));
  }

  /** A number that the decoder knows. */
  @FunctionalInterface
  private interface Figure {
    long of(TaskDecoder decoder);
  }

  /** Keeps an accumulator at its figure, which may also fall: a task can become void. */
  private final class Reported {
    private final LongCounter counter;
    private final Figure figure;

    Reported(LongCounter counter, Figure figure) {
      this.counter = counter;
      this.figure = figure;
    }

    void update() {
      long difference = value() - counter.getLocalValuePrimitive();
      if (difference != 0) {
        counter.add(difference);
      }
    }

    long value() {
      return figure.of(decoder);
    }
  }

  /** Flink hands the collector over with each element. */
  private static final class ForwardingCollector {
    private Collector<RowEvent> target;

    void forward(RowEvent event) {
      target.collect(event);
    }
  }
}
