package io.penstock.job.source;

import com.google.re2j.Pattern;
import io.penstock.job.s3.ObjectStore;
import io.penstock.spec.FailurePolicy;
import io.penstock.spec.JobSpec;
import io.penstock.spec.PlanSegment;
import io.penstock.spec.PlanSummary;
import io.penstock.spec.PlannedObject;
import io.penstock.spec.PlannedTask;
import io.penstock.spec.SourceSpec;
import io.penstock.spec.SpecJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Lists the source and writes the plan, a page at a time. A segment and then the summary are
 * durable before a step returns; a planner made later takes up where the summary says, and plans
 * the same. Used by one thread at a time.
 */
final class Planner {
  private static final PlanSummary NOTHING =
      new PlanSummary(PlanSummary.VERSION, 0, 0, 0, 0, 0, false);

  private static final int MERGES_A_SEGMENT = 500;

  private final JobSpec spec;
  private final ObjectStore system;
  private final ObjectListing listing;
  private final Pattern filter;

  private PlanSummary summary;
  private TaskBundler bundler;
  private Optional<String> lastKey;
  private Counts seen;

  private Planner(JobSpec spec, ObjectStore source, ObjectStore system) {
    this.spec = spec;
    this.system = system;
    this.listing = new ObjectListing(source, spec.source());
    this.filter = Pattern.compile(spec.source().regexFilter());
  }

  /** What has been seen, planned or not. */
  private record Counts(long listed, long selected, long bytes) {}

  /**
   * @param source where objects are listed
   * @param system where the plan is kept
   */
  static Planner resume(JobSpec spec, ObjectStore source, ObjectStore system) throws IOException {
    Planner planner = new Planner(spec, source, system);
    planner.takeUp();
    return planner;
  }

  private void takeUp() throws IOException {
    Optional<byte[]> json = system.get(spec.sink().bucket(), spec.folder().planSummary());
    summary = json.map(j -> SpecJson.read(j, PlanSummary.class)).orElse(NOTHING);
    lastKey = Optional.empty();
    if (summary.segments() > 0 && !summary.complete() && !summary.listed()) {
      List<PlannedTask> last = segment(summary.segments() - 1).tasks();
      List<PlannedObject> objects = last.get(last.size() - 1).objects();
      lastKey = Optional.of(objects.get(objects.size() - 1).key());
    }
    bundler = new TaskBundler(spec.source().inputAggregation(), divides(), summary.tasks());
    seen = new Counts(summary.objectsListed(), summary.objectsSelected(), summary.bytesSelected());
  }

  /** An object that cannot be read is left out as a whole, which its other parts could not be. */
  private boolean divides() {
    return spec.transform().format().divisible()
        && spec.failurePolicy() != FailurePolicy.SKIP_OBJECT;
  }

  PlanSummary summary() {
    return summary;
  }

  PlanSegment segment(int number) throws IOException {
    String key = spec.folder().planSegment(number);
    byte[] json =
        system
            .get(spec.sink().bucket(), key)
            .orElseThrow(() -> new IOException("plan segment " + key + " is missing"));
    return SpecJson.read(json, PlanSegment.class);
  }

  /** Lists and plans one page more; not to be called when listing has ended. */
  PlanSummary step() throws IOException {
    ObjectStore.ListPage page = listing.page(lastKey);
    boolean last = page.last();
    Counts planned = plannedSoFar();
    for (ObjectStore.ObjectStat object : page.objects()) {
      if (enough()) {
        last = true;
        break;
      }
      lastKey = Optional.of(object.key());
      select(object);
    }
    last |= enough();
    if (last) {
      bundler.end();
    }
    write(bundler.take(), last, planned);
    return summary;
  }

  private Counts plannedSoFar() {
    return new Counts(summary.objectsListed(), summary.objectsSelected(), summary.bytesSelected());
  }

  private boolean enough() {
    return spec.source().maxObjects() > 0 && seen.selected() >= spec.source().maxObjects();
  }

  private void select(ObjectStore.ObjectStat object) {
    SourceSpec source = spec.source();
    boolean folderMark = object.size() == 0 && object.key().endsWith("/");
    boolean selected =
        !folderMark
            && (source.regexFilter().isEmpty() || filter.matcher(source.url(object.key())).find());
    seen =
        new Counts(
            seen.listed() + 1,
            seen.selected() + (selected ? 1 : 0),
            seen.bytes() + (selected ? object.size() : 0));
    if (selected) {
      bundler.add(new PlannedObject(object.key(), object.etag(), object.size()));
    }
  }

  /** How far the tasks are that have to be done before others can merge. */
  record Merging(PlanSummary summary, int done) {}

  /**
   * Plans the tasks that merge if all others are done; not to be called before listing has ended.
   */
  Merging merge() throws IOException {
    if (summary.complete()) {
      return new Merging(summary, summary.tasks());
    }
    MergePlanner merges = new MergePlanner(spec, system);
    int done = merges.done();
    if (done == summary.tasks()) {
      Optional<List<PlannedTask>> tasks = merges.plan(summary.tasks());
      if (tasks.isPresent()) {
        writeMerges(tasks.get());
      }
    }
    return new Merging(summary, done);
  }

  /** All segments are durable before the summary tells of them. */
  private void writeMerges(List<PlannedTask> tasks) throws IOException {
    int segments = summary.segments();
    for (int from = 0; from < tasks.size(); from += MERGES_A_SEGMENT) {
      int to = Math.min(tasks.size(), from + MERGES_A_SEGMENT);
      writeSegment(segments++, tasks.subList(from, to));
    }
    writeSummary(
        new PlanSummary(
            PlanSummary.VERSION,
            segments,
            summary.tasks() + tasks.size(),
            summary.objectsListed(),
            summary.objectsSelected(),
            summary.bytesSelected(),
            true,
            true));
  }

  private void writeSegment(int number, List<PlannedTask> tasks) throws IOException {
    PlanSegment segment = new PlanSegment(PlanSegment.VERSION, number, tasks);
    system.put(spec.sink().bucket(), spec.folder().planSegment(number), SpecJson.write(segment));
  }

  private void writeSummary(PlanSummary newSummary) throws IOException {
    system.put(spec.sink().bucket(), spec.folder().planSummary(), SpecJson.write(newSummary));
    summary = newSummary;
  }

  /** The summary counts planned objects only, until the end: the open task is listed again. */
  private void write(List<PlannedTask> tasks, boolean listed, Counts before) throws IOException {
    if (tasks.isEmpty() && !listed) {
      return;
    }
    int segments = summary.segments();
    if (!tasks.isEmpty()) {
      writeSegment(segments, tasks);
      segments++;
    }
    long objects =
        tasks.stream()
            .flatMap(task -> task.objects().stream())
            .filter(PlannedObject::first)
            .count();
    long bytes = tasks.stream().mapToLong(PlannedTask::storedBytes).sum();
    int planned = summary.tasks() + tasks.size();
    boolean merges = spec.transform().rollup().isPresent() && planned > 0;
    writeSummary(
        new PlanSummary(
            PlanSummary.VERSION,
            segments,
            planned,
            listed ? seen.listed() : before.listed() + objects,
            before.selected() + objects,
            before.bytes() + bytes,
            listed && !merges,
            listed && merges));
  }
}
