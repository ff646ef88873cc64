package io.penstock.job.source;

import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.SourceSpec;
import io.penstock.spec.TaskFailure.FailureCode;
import io.penstock.spec.Utf8Order;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Lists what a selection selects, page by page in key order, from any key on. */
final class ObjectListing {
  private static final int STATS_PER_PAGE = 1_000;
  private static final int STATS_AT_ONCE = 32;

  private final ObjectStore store;
  private final SourceSpec source;

  ObjectListing(ObjectStore store, SourceSpec source) {
    this.store = store;
    this.source = source;
  }

  /**
   * @param after the last key that is of no more interest
   * @throws ObjectStoreException also when an object that was named does not exist
   */
  ObjectStore.ListPage page(Optional<String> after) throws IOException {
    ObjectSelection selection = source.selection();
    if (selection instanceof ObjectSelection.Prefix prefix) {
      return store.list(source.bucket(), prefix.prefix(), after);
    }
    if (selection instanceof ObjectSelection.Objects objects) {
      return named(objects, after);
    }
    if (selection instanceof ObjectSelection.ObjectOrFolder named) {
      return objectOrFolder(named.key(), after);
    }
    throw new IllegalStateException("arrivals are not listed");
  }

  /** Asks for several at once: one after another they would take minutes. */
  private ObjectStore.ListPage named(ObjectSelection.Objects objects, Optional<String> after)
      throws IOException {
    List<String> keys = objects.keys();
    int from = after.map(key -> behind(keys, key)).orElse(0);
    List<String> asked = keys.subList(from, Math.min(from + STATS_PER_PAGE, keys.size()));
    ExecutorService threads = Executors.newFixedThreadPool(STATS_AT_ONCE);
    try {
      List<Future<Optional<ObjectStore.ObjectStat>>> answers = new ArrayList<>();
      for (String key : asked) {
        answers.add(threads.submit(() -> store.stat(source.bucket(), key)));
      }
      List<ObjectStore.ObjectStat> found = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        String key = asked.get(i);
        found.add(answer(answers.get(i)).orElseThrow(() -> missing(key)));
      }
      return new ObjectStore.ListPage(found, from + asked.size() == keys.size());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Keys are in key order. */
  private static int behind(List<String> keys, String key) {
    return Collections.binarySearch(keys, key, Utf8Order.INSTANCE) + 1;
  }

  private static <T> T answer(Future<T> answer) throws IOException {
    try {
      return answer.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while listing");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("cannot list", e.getCause());
    }
  }

  private ObjectStore.ListPage objectOrFolder(String key, Optional<String> after)
      throws IOException {
    if (after.isEmpty()) {
      Optional<ObjectStore.ObjectStat> object = store.stat(source.bucket(), key);
      if (object.isPresent()) {
        return new ObjectStore.ListPage(List.of(object.get()), true);
      }
    }
    ObjectStore.ListPage page = store.list(source.bucket(), key + "/", after);
    if (after.isEmpty() && page.objects().isEmpty()) {
      throw missing(key);
    }
    return page;
  }

  private ObjectStoreException missing(String key) {
    return new ObjectStoreException(
        FailureCode.NOT_FOUND, true, source.url(key) + " does not exist", null);
  }
}
