package io.penstock.job.export;

import io.penstock.job.record.ChainedOnly;
import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.job.s3.ObjectStores;
import io.penstock.spec.Accumulators;
import io.penstock.spec.SpecJson;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportSpec;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Encodes and uploads, and shows how far it is. It has no state: an export that is restored begins
 * again, and so do its accumulators.
 */
final class WriteFiles extends ProcessFunction<ScanEvent, ExportResult>
    implements ResultTypeQueryable<ExportResult> {
  /** More would hide from the control API what it is to count and to wait for. */
  private static final int TRIES = 5;

  private final byte[] specJson;
  private final ObjectStores stores;
  private transient ObjectStore storage;
  private transient DestinationStore destination;
  private transient ExportFailures failures;
  private transient ExportWriter writer;
  private transient List<Reported> reported;
  private transient Collector<ExportResult> output;

  WriteFiles(ExportSpec spec, ObjectStores stores) {
    this.specJson = SpecJson.write(spec);
    this.stores = stores;
  }

  @Override
  public TypeInformation<ExportResult> getProducedType() {
    return ChainedOnly.of(ExportResult.class);
  }

  @Override
  public void open(OpenContext context) {
    ExportSpec spec = SpecJson.read(specJson, ExportSpec.class);
    storage = stores.open(spec.storage());
    destination =
        new DestinationStore(spec, stores.open(spec.destination().access(), TRIES), storage);
    failures = new ExportFailures(spec, storage);
    writer = new ExportWriter(spec, destination, result -> output.collect(result));
    reported =
        List.of(
            report(Accumulators.ROWS_READ, writer::rowsRead),
            report(Accumulators.ROWS_WRITTEN, writer::rowsWritten),
            report(Accumulators.ROWS_FILTERED, () -> writer.rowsRead() - writer.rowsWritten()),
            report(Accumulators.ROWS_WITH_WARNING, writer::rowsWithWarning),
            report(Accumulators.BYTES_WRITTEN, destination::uploadedBytes));
  }

  private Reported report(String name, LongSupplier figure) {
    LongCounter counter = new LongCounter();
    getRuntimeContext().addAccumulator(name, counter);
    getRuntimeContext().getMetricGroup().gauge(name, figure::getAsLong);
    return new Reported(counter, figure);
  }

  @Override
  public void processElement(ScanEvent event, Context context, Collector<ExportResult> out)
      throws Exception {
    output = out;
    try {
      event.deliverTo(writer);
    } catch (ObjectStoreException e) {
      throw failures.of(ExportFailure.Kind.DESTINATION, e);
    } catch (ExportRefused e) {
      throw failures.permanent(e.kind(), e);
    }
    reported.forEach(Reported::update);
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
      destination.close();
      storage.close();
    }
  }

  /** Keeps an accumulator at its figure. */
  private record Reported(LongCounter counter, LongSupplier figure) {
    void update() {
      long difference = figure.getAsLong() - counter.getLocalValuePrimitive();
      if (difference != 0) {
        counter.add(difference);
      }
    }
  }
}
