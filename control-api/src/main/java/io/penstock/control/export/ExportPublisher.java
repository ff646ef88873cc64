package io.penstock.control.export;

import io.penstock.spec.export.BegunUpload;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportSpec;
import io.penstock.spec.export.ExportedFile;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What follows when it has been decided, and written down, that an attempt's files are the run's:
 * they are made visible, then the manifest is written, then what the run replaces is deleted. A
 * crash anywhere is made good by doing all of it again, with the same result. Thread-safe.
 */
public final class ExportPublisher {
  private static final int THREADS = 8;

  private final ExportFolders folders;
  private final ExportDestinations destinations;

  public ExportPublisher(ExportFolders folders, ExportDestinations destinations) {
    this.folders = folders;
    this.destinations = destinations;
  }

  /** A file that everybody sees. */
  public record VisibleFile(ExportedFile file, String etag) {}

  /**
   * How it went.
   *
   * @param files in the order of their numbers; none if some are lost
   * @param lost keys whose uploads are gone and whose objects are others: the attempt cannot be
   *     published, and nothing but other files has become visible
   * @param undeleted keys that the run replaces and that may not be deleted
   */
  public record Outcome(List<VisibleFile> files, List<String> lost, List<String> undeleted) {
    public Outcome {
      files = List.copyOf(files);
      lost = List.copyOf(lost);
      undeleted = List.copyOf(undeleted);
    }

    public boolean published() {
      return lost.isEmpty();
    }
  }

  /**
   * Makes the files visible.
   *
   * @param result that has been decided on; not what the folder may have by now
   * @param manifest whether there is to be one, if there are files
   * @param replaced keys that an earlier run of the same interval wrote
   */
  public Outcome publish(
      ExportSpec spec, ExportResult result, UUID runId, boolean manifest, Set<String> replaced)
      throws IOException {
    try (ExportDestination destination = destinations.open(spec.destination())) {
      List<Optional<VisibleFile>> files = complete(destination, result.files());
      if (files.stream().anyMatch(Optional::isEmpty)) {
        return new Outcome(List.of(), lost(result.files(), files), List.of());
      }
      String manifestKey = spec.destination().names().manifest();
      boolean written = manifest && !result.files().isEmpty();
      if (written) {
        destination.put(manifestKey, ExportManifest.of(runId, result).json());
      }
      Set<String> surplus = new HashSet<>(replaced);
      result.files().forEach(file -> surplus.remove(file.key()));
      if (written) {
        surplus.remove(manifestKey);
      }
      List<String> undeleted = delete(destination, surplus);
      abort(destination, spec, result.files());
      return new Outcome(files.stream().flatMap(Optional::stream).toList(), List.of(), undeleted);
    }
  }

  private static List<String> lost(List<ExportedFile> wanted, List<Optional<VisibleFile>> found) {
    return IntStream.range(0, wanted.size())
        .filter(i -> found.get(i).isEmpty())
        .mapToObj(i -> wanted.get(i).key())
        .toList();
  }

  /** Empty for those that cannot be completed. */
  private static List<Optional<VisibleFile>> complete(
      ExportDestination destination, List<ExportedFile> files) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, files.size() + 1));
    try {
      List<Future<Optional<VisibleFile>>> pending = new ArrayList<>();
      for (ExportedFile file : files) {
        pending.add(threads.submit(() -> complete(destination, file)));
      }
      List<Optional<VisibleFile>> completed = new ArrayList<>();
      for (Future<Optional<VisibleFile>> one : pending) {
        completed.add(await(one));
      }
      return completed;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Optional<VisibleFile> complete(ExportDestination destination, ExportedFile file)
      throws IOException {
    Optional<String> etag =
        destination.complete(file) instanceof ExportDestination.Completion.Completed completed
            ? Optional.of(completed.etag())
            : destination.find(file);
    return etag.map(e -> new VisibleFile(file, e));
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("interrupted while publishing");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("cannot publish", e.getCause());
    }
  }

  /** Returns what is still there: permission to delete is not needed to export. */
  private static List<String> delete(ExportDestination destination, Set<String> keys) {
    List<String> undeleted = new ArrayList<>();
    for (String key : keys.stream().sorted().toList()) {
      try {
        destination.delete(key);
      } catch (IOException e) {
        undeleted.add(key);
      }
    }
    return undeleted;
  }

  /**
   * Gives up all that an attempt has begun, when it has been decided that nothing of it is the
   * run's. To be repeated while its Flink job may still run.
   *
   * @return how many uploads
   */
  public int abandon(ExportSpec spec) throws IOException {
    try (ExportDestination destination = destinations.open(spec.destination())) {
      return abort(destination, spec, List.of());
    }
  }

  private int abort(ExportDestination destination, ExportSpec spec, Collection<ExportedFile> kept)
      throws IOException {
    Set<String> keptUploads = kept.stream().map(ExportedFile::uploadId).collect(Collectors.toSet());
    int aborted = 0;
    for (BegunUpload upload : folders.uploads(spec.folder())) {
      if (!keptUploads.contains(upload.uploadId())) {
        destination.abort(upload.key(), upload.uploadId());
        aborted++;
      }
    }
    return aborted;
  }
}
