package io.penstock.job.source;

import io.penstock.spec.PlannedObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Objects that are read from front to back, and fetched before they are wanted. */
final class AheadObjects implements TaskObjects {
  private final ReadAhead ahead;
  private final Opening opening;

  AheadObjects(ReadAhead ahead, Opening opening) {
    this.ahead = ahead;
    this.opening = opening;
  }

  /** Reads an object's bytes; closes them, also if it cannot read them. */
  @FunctionalInterface
  interface Opening {
    ObjectEvents open(PlannedObject object, InputStream stored) throws IOException;
  }

  @Override
  public void begin(List<PlannedObject> objects) {
    ahead.begin(objects);
  }

  @Override
  public ObjectEvents open(int place, PlannedObject object) throws IOException {
    return opening.open(object, ahead.open(place));
  }

  @Override
  public void forget() {
    ahead.forget();
  }
}
