package io.penstock.job.source;

import io.penstock.job.s3.ObjectStore;
import io.penstock.job.scan.ObjectBytes;
import io.penstock.job.typed.TypedObjects;
import io.penstock.spec.PlannedObject;
import java.util.List;

/** Objects of which only those bytes are read that are needed. */
final class RangedObjects implements TaskObjects {
  private final ObjectStore store;
  private final String bucket;
  private final TypedObjects typed;

  RangedObjects(ObjectStore store, String bucket, TypedObjects typed) {
    this.store = store;
    this.bucket = bucket;
    this.typed = typed;
  }

  @Override
  public void begin(List<PlannedObject> objects) {
    // Which bytes are needed is in the objects.
  }

  @Override
  public ObjectEvents open(int place, PlannedObject object) {
    ObjectBytes bytes = new ObjectBytes(store, bucket, object.key(), object.etag(), object.size());
    return new TypedEvents(object.storedBytes(), typed.open(bytes, object));
  }

  @Override
  public void forget() {
    // Nothing is under way.
  }
}
