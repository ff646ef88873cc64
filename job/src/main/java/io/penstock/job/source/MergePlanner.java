package io.penstock.job.source;

import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.JobFolder;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.RunFile;
import io.penstock.spec.SpecJson;
import io.penstock.spec.TaskFailure;
import io.penstock.spec.TaskRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Plans the tasks that merge, one for each time bucket, of the records of all tasks that read
 * input: these are final, so that the same tasks are planned whenever it is done.
 */
final class MergePlanner {
  private final JobSpec spec;
  private final ObjectStore system;

  /**
   * @param system where the job's folder is
   */
  MergePlanner(JobSpec spec, ObjectStore system) {
    this.spec = spec;
    this.system = system;
  }

  /** How many tasks have a record. */
  int done() throws IOException {
    JobFolder folder = spec.folder();
    return (int)
        list(folder.taskRecords()).stream()
            .filter(object -> folder.taskOfRecord(object.key()).isPresent())
            .count();
  }

  /**
   * Empty if a task is not done after all: some services list objects before they can be read.
   *
   * @param inputTasks after which tasks are numbered on
   */
  Optional<List<PlannedTask>> plan(int inputTasks) throws IOException {
    Map<String, String> etags = new HashMap<>();
    list(spec.folder().runs()).forEach(object -> etags.put(object.key(), object.etag()));
    Map<Long, List<PlannedObject>> byBucket = new TreeMap<>();
    for (int task = 0; task < inputTasks; task++) {
      Optional<TaskRecord> record = record(task);
      if (record.isEmpty()) {
        return Optional.empty();
      }
      for (RunFile run : record.get().runs()) {
        String etag = etags.get(run.key());
        if (etag == null) {
          throw new IOException("rows to merge are missing: " + run.key());
        }
        byBucket
            .computeIfAbsent(run.timeBucket(), bucket -> new ArrayList<>())
            .add(new PlannedObject(run.key(), etag, run.bytes()));
      }
    }
    List<PlannedTask> tasks = new ArrayList<>();
    for (List<PlannedObject> runs : byBucket.values()) {
      if (runs.size() > TaskBundler.MAX_OBJECTS) {
        throw new ObjectStoreException(
            TaskFailure.FailureCode.OTHER,
            true,
            "more than %d tasks have rows of one time bucket, which cannot be merged"
                .formatted(TaskBundler.MAX_OBJECTS),
            null);
      }
      tasks.add(PlannedTask.merging(inputTasks + tasks.size(), runs));
    }
    return Optional.of(tasks);
  }

  private Optional<TaskRecord> record(int task) throws IOException {
    return system
        .get(spec.sink().bucket(), spec.folder().taskRecord(task))
        .map(json -> SpecJson.read(json, TaskRecord.class));
  }

  private List<ObjectStore.ObjectStat> list(String prefix) throws IOException {
    List<ObjectStore.ObjectStat> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    ObjectStore.ListPage page;
    do {
      page = system.list(spec.sink().bucket(), prefix, after);
      all.addAll(page.objects());
      after = all.isEmpty() ? after : Optional.of(all.get(all.size() - 1).key());
    } while (!page.last());
    return all;
  }
}
