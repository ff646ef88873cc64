package io.penstock.control.arrivals;

import io.penstock.control.job.SourceAccess;
import io.penstock.spec.S3Access;
import io.penstock.spec.Utf8Order;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lists a prefix. Behind the highest key that was seen it looks every time, which finds what comes
 * in order at once and costs one request; from the beginning it goes through all keys now and then,
 * in steps, which finds whatever came late or out of order. Where one request gives all keys, that
 * is all it does. Nothing needs to be remembered: who begins anew begins with all keys.
 */
final class PrefixWatcher implements Watcher {
  /** So that a look at a large bucket returns soon; a thousand keys each. */
  private static final int PAGES = 20;

  /** The clocks of S3 and this server may differ so much. */
  static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(5);

  /** How long it is remembered of an object that is gone that it was taken. */
  static final Duration MEMORY = Duration.ofDays(7);

  private static final String LAST_CHARACTER = Character.toString(Character.MAX_CODE_POINT);

  private final WatchKey key;
  private final Feed.Prefix feed;
  private final Watches watches;
  private final ArrivalStore store;
  private final Listing listing;
  private final SourceAccess access;
  private final Intake intake;
  private final Duration betweenPasses;
  private final Clock clock;

  /** Where the pass through all keys is; empty between two. */
  private Optional<String> cursor = Optional.of("");

  /** The highest key seen; empty before the first pass has ended. */
  private Optional<String> frontier = Optional.empty();

  private Instant passEnded = Instant.EPOCH;

  /** Whether all keys came in one page. */
  private boolean small;

  /**
   * @param betweenPasses from the end of a pass through all keys to the next one's beginning
   */
  PrefixWatcher(
      WatchKey key,
      Feed.Prefix feed,
      Watches watches,
      ArrivalStore store,
      Listing listing,
      SourceAccess access,
      Intake intake,
      Duration betweenPasses,
      Clock clock) {
    this.key = key;
    this.feed = feed;
    this.watches = watches;
    this.store = store;
    this.listing = listing;
    this.access = access;
    this.intake = intake;
    this.betweenPasses = betweenPasses;
    this.clock = clock;
  }

  @Override
  public void look(List<Subscription> wanting) throws IOException {
    Optional<Watch> watch = watches.find(key);
    if (watch.isEmpty()) {
      return;
    }
    S3Access reached = access.of(key.organization(), feed.source());
    boolean last = small;
    for (int i = 0; frontier.isPresent() && !last && i < PAGES; i++) {
      Listing.Page page = page(reached, frontier.get());
      take(wanting, page.objects());
      frontier = Optional.of(end(page, frontier.get()));
      last = page.last();
    }
    if (small || (cursor.isEmpty() && !clock.instant().isBefore(passEnded.plus(betweenPasses)))) {
      cursor = Optional.of("");
    }
    for (int i = 0; cursor.isPresent() && i < PAGES; i++) {
      pass(watch.get(), wanting, page(reached, cursor.get()));
    }
  }

  private Listing.Page page(S3Access reached, String after) throws IOException {
    Listing.Page page = listing.page(reached, feed.source().bucket(), feed.prefix(), after);
    watches.answered(key, clock.instant());
    return page;
  }

  private static String end(Listing.Page page, String otherwise) {
    List<Found> objects = page.objects();
    return objects.isEmpty() ? otherwise : objects.get(objects.size() - 1).key();
  }

  private void pass(Watch watch, List<Subscription> wanting, Listing.Page page) {
    String after = cursor.orElseThrow();
    String to = end(page, after);
    if (watch.baselined()) {
      take(wanting, page.objects());
    } else {
      Instant first = watch.since().minus(CLOCK_DIFFERENCE);
      store.earlier(key.organization(), changed(page, first, true), clock.instant());
      take(wanting, changed(page, first, false));
    }
    store.forgetGone(
        key.organization(),
        url(after.isEmpty() ? feed.prefix() : after),
        url(page.last() ? feed.prefix() + LAST_CHARACTER : to),
        page.objects(),
        clock.instant().minus(MEMORY));
    cursor = page.last() ? Optional.empty() : Optional.of(to);
    small = page.last() && after.isEmpty();
    if (page.last()) {
      watches.baselined(key);
      frontier =
          frontier.filter(one -> Utf8Order.INSTANCE.compare(one, to) > 0).or(() -> Optional.of(to));
      passEnded = clock.instant();
    }
  }

  private static List<Found> changed(Listing.Page page, Instant first, boolean before) {
    return page.objects().stream()
        .filter(object -> object.changedAt().isBefore(first) == before)
        .toList();
  }

  private void take(List<Subscription> wanting, List<Found> objects) {
    intake
        .take(wanting, objects, false)
        .problem()
        .ifPresent(problem -> watches.failed(key, clock.instant(), problem));
  }

  private String url(String objectKey) {
    return "s3://" + feed.source().bucket() + "/" + objectKey;
  }
}
