package io.penstock.job.source;

import io.penstock.job.s3.ObjectStore;
import io.penstock.job.s3.ObjectStoreException;
import io.penstock.spec.ObjectSelection;
import io.penstock.spec.SourceSpec;
import io.penstock.spec.TaskFailure.FailureCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what a selection selects, page by page in key order, from any key on. */
final class ObjectListing {
  private static final int STATS_PER_PAGE = 100;

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
    return objectOrFolder(((ObjectSelection.ObjectOrFolder) selection).key(), after);
  }

  private ObjectStore.ListPage named(ObjectSelection.Objects objects, Optional<String> after)
      throws IOException {
    List<String> keys = objects.keys();
    int from = after.map(key -> keys.indexOf(key) + 1).orElse(0);
    int to = Math.min(from + STATS_PER_PAGE, keys.size());
    List<ObjectStore.ObjectStat> found = new ArrayList<>();
    for (String key : keys.subList(from, to)) {
      found.add(store.stat(source.bucket(), key).orElseThrow(() -> missing(key)));
    }
    return new ObjectStore.ListPage(found, to == keys.size());
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
