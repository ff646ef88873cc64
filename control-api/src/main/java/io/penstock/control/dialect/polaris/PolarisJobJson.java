package io.penstock.control.dialect.polaris;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.job.Job;
import io.penstock.control.job.JobState;
import io.penstock.control.job.Principal;
import io.penstock.control.job.Progress;
import io.penstock.spec.TaskCounts;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Where a job stands, in the product's words. Pure. */
final class PolarisJobJson {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private PolarisJobJson() {}

  static String status(Job job) {
    return switch (job.state()) {
      case QUEUED, SUBMITTING -> "pending";
      case RUNNING, CANCELLING -> "running";
      case RECONCILING -> "unknown";
      case FINISHED -> "completed";
      case FAILED -> "failed";
      case CANCELED -> job.pausing() ? "suspended" : "canceled";
    };
  }

  static String desired(Job job) {
    if (!job.cancelRequested()) {
      return "running";
    }
    return job.pausing() ? "suspended" : "canceled";
  }

  static ObjectNode metrics(Job job) {
    Progress progress = job.progress();
    TaskCounts counts = progress.counts();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("totals")
        .put("numRowsProcessed", counts.rowsWritten() - counts.rowsWithWarning())
        .put("numRowsProcessedWithWarning", counts.rowsWithWarning())
        .put("numRowsSkippedByFilter", counts.rowsFiltered())
        .put("numRowsSkippedByError", counts.rowsRejected())
        .put("numRowsPersisted", progress.published())
        .put("numBytesProcessed", counts.decodedBytes());
    json.putObject("input")
        .put("objectsTotal", progress.objectsSelected())
        .put("objectsDone", counts.objects())
        .put("bytesTotal", progress.bytesSelected())
        .put("bytesDone", counts.storedBytes());
    return json;
  }

  static ObjectNode progress(Job job) {
    double fraction = job.state() == JobState.FINISHED ? 1 : 0.98 * job.progress().fraction();
    return JsonNodeFactory.instance.objectNode().put("overallProgress", fraction);
  }

  static ObjectNode principal(Principal principal) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("username", principal.name())
        .put("userId", principal.id().toString());
  }

  static String timestamp(Instant instant) {
    return TIMESTAMP.format(instant);
  }
}
