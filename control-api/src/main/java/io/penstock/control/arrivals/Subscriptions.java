package io.penstock.control.arrivals;

import java.util.List;

/** What tables want to be fed with. Thread-safe. */
@FunctionalInterface
public interface Subscriptions {
  /** All of them, in the order in which they are asked whether they take an object. */
  List<Subscription> all();
}
