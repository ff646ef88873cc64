package io.penstock.job.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spec.TaskFailure.FailureCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

final class ObjectStoreExceptionTest {
  /** Otherwise Flink does not see that a job is not to be restarted. */
  @Test
  void itCanBeSentBetweenProcessesWithTheAnswer() throws Exception {
    ObjectStoreException sent =
        new ObjectStoreException(
            FailureCode.NOT_FOUND,
            true,
            "gone",
            null,
            new ObjectStoreException.Answer(404, "NoSuchBucket"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(sent);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      ObjectStoreException received = (ObjectStoreException) in.readObject();
      assertThat(received.code()).isEqualTo(FailureCode.NOT_FOUND);
      assertThat(received.answer()).isEqualTo(sent.answer()).isPresent();
    }
    assertThat(new ObjectStoreException(FailureCode.OTHER, false, "slow", null).answer()).isEmpty();
  }
}
