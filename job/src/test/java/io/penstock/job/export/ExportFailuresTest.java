package io.penstock.job.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.s3.MemoryObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskFailure.FailureCode;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportFormat;
import io.penstock.spec.export.ExportSpec;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExportFailuresTest {
  private static final ExportSpec SPEC =
      ExportHistory.spec(
          ExportHistory.query(0, 1),
          new ExportFormat(ExportFormat.Kind.CSV, ExportFormat.Codec.NONE),
          OptionalLong.empty(),
          List.of());

  private static ExportFailure written(ObjectStoreException e) throws IOException {
    MemoryObjectStore storage = new MemoryObjectStore();
    assertThat(new ExportFailures(SPEC, storage).of(ExportFailure.Kind.DESTINATION, e))
        .hasCauseInstanceOf(SuppressRestartsException.class);
    return SpecJson.read(
        storage.get(SPEC.bucket(), SPEC.folder().failure()).orElseThrow(), ExportFailure.class);
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, true",
    "404, NoSuchBucket, true",
    "400, InvalidRequest, true",
    "404, NoSuchUpload, false",
    "400, RequestTimeout, false",
    "429, TooManyRequests, false",
    "503, SlowDown, false",
    "500, InternalError, false"
  })
  void whatADestinationAnswersSaysWhetherAnotherAttemptCanHelp(
      int status, String code, boolean permanent) throws IOException {
    ExportFailure failure =
        written(
            new ObjectStoreException(
                FailureCode.OTHER,
                false,
                "cannot write",
                null,
                new ObjectStoreException.Answer(status, code)));

    assertThat(failure.permanent()).isEqualTo(permanent);
    assertThat(failure.status()).hasValue(status);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.reason()).isEqualTo("cannot write");
  }

  @Test
  void anEndpointThatTakesNoConnectionIsTheCallersToCorrect() throws IOException {
    for (IOException cause :
        List.of(new ConnectException("refused"), new UnknownHostException("nowhere"))) {
      ExportFailure failure =
          written(new ObjectStoreException(FailureCode.OTHER, false, "no answer", cause));
      assertThat(failure.permanent()).isTrue();
      assertThat(failure.code()).isEqualTo("EndpointConnectionError");
      assertThat(failure.status()).isEmpty();
    }
    assertThat(
            written(
                    new ObjectStoreException(
                        FailureCode.OTHER, false, "reset", new IOException("reset")))
                .permanent())
        .isFalse();
  }

  @Test
  void anAttemptIsEndedThoughNothingCanBeWrittenDown() {
    MemoryObjectStore broken =
        new MemoryObjectStore() {
          @Override
          public synchronized void put(String bucket, String key, byte[] bytes) throws IOException {
            throw new IOException("full");
          }
        };
    assertThat(
            new ExportFailures(SPEC, broken)
                .permanent(ExportFailure.Kind.QUERY, new IOException("cannot compute")))
        .hasRootCauseMessage("cannot compute");
  }
}
