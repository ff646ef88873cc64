package io.penstock.control.arrivals;

import java.io.IOException;
import java.util.List;

/** Looks for what a feed tells of. Used by one thread at a time. */
interface Watcher {
  /**
   * Looks once, and returns soon.
   *
   * @param wanting the enabled subscriptions that its objects may go to, in their order
   */
  void look(List<Subscription> wanting) throws IOException;
}
