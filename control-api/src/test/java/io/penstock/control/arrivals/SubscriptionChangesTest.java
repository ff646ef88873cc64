package io.penstock.control.arrivals;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.job.Job;
import io.penstock.control.job.JobDefinition;
import io.penstock.control.job.JobState;
import io.penstock.spec.PlannedTask;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Other settings, while objects arrive. */
final class SubscriptionChangesTest extends InAWorld {
  @Test
  void otherSettingsStopTheJobWithASavepointAndItGoesOnAsWhatItIsToBe() {
    watchThePrefix();
    put("a");
    world.work();
    Stream stream = world.all().get(0);
    JobDefinition changed =
        new JobDefinition(
            orders.table(),
            orders.transformName(),
            orders.transform(),
            orders.source(),
            World.definition(7).limits(),
            1,
            orders.failurePolicy(),
            orders.publish(),
            false);
    world.subscriptions.set(0, world.subscription(changed, World.PREFIX, url -> true));
    world.round();
    world.reconcile();
    assertThat(world.job(stream).state()).isEqualTo(JobState.CANCELED);
    put("b");
    world.work();

    Job job = world.job(stream);
    assertThat(job.definition()).isEqualTo(changed);
    assertThat(job.attempt().startFrom()).contains("s3://savepoint/1");
    assertThat(loaded()).containsExactly("a", "b");
  }

  @Test
  void whatIsOnItsWayToAnEntryThatGoesIsFoundAgainByWhoeverWantsIt() {
    watchThePrefix();
    put("a", "b");
    world.round();
    Stream first = world.all().get(0);
    List<PlannedTask> inHand = world.folders.take(first.id());
    JobDefinition other = World.definition(7);
    world.subscriptions.set(0, world.subscription(other, World.PREFIX, url -> true));
    world.round();
    world.reconcile();
    world.round();
    assertThat(world.job(first).state()).isEqualTo(JobState.CANCELED);
    assertThat(world.all()).extracting(Stream::id).doesNotContain(first.id());

    // Somebody did not hear of it: what it does now has no effect.
    inHand.forEach(task -> world.folders.finish(first.id(), task));
    world.clock.pass(World.BETWEEN_PASSES);
    world.work();

    assertThat(loaded()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void nothingIsLoadedWhileDisabledAndNothingForgotten() {
    watchThePrefix();
    put("a");
    world.work();
    Subscription enabled = world.subscriptions.get(0);
    world.subscriptions.set(0, World.disabled(enabled));
    world.work();
    put("b");
    world.work();
    assertThat(loaded()).containsExactly("a");
    assertThat(world.all()).isEmpty();

    world.subscriptions.set(0, enabled);
    world.clock.pass(World.BETWEEN_PASSES);
    world.work();

    assertThat(loaded()).containsExactly("a", "b");
  }

  @Test
  void whatWasThereWhenAnEntryWasFirstEnabledIsNotLoaded() {
    world.subscriptions.add(World.disabled(world.subscription(orders, World.PREFIX, url -> true)));
    world.work();
    put("a");
    world.clock.pass(Duration.ofMinutes(1));
    world.subscriptions.set(0, world.subscription(orders, World.PREFIX, url -> true));
    put("b");
    world.work();

    assertThat(loaded()).containsExactly("b");
  }

  @Test
  void whatATransformThatIsGoneLeavesIsLoadedWhenItIsBack() {
    watchThePrefix();
    Subscription sound = world.subscriptions.get(0);
    world.subscriptions.set(
        0,
        new Subscription(
            sound.organization(),
            sound.table(),
            sound.entry(),
            true,
            sound.since(),
            sound.feed(),
            sound.takes(),
            name -> new Subscription.Made(Optional.empty(), List.of("It has no transform."))));
    put("a");
    world.work();
    assertThat(watch(World.PREFIX).lastError()).contains("s3://landing/in/a: It has no transform.");

    world.subscriptions.set(0, sound);
    world.clock.pass(World.BETWEEN_PASSES);
    world.work();

    assertThat(loaded()).containsExactly("a");
  }

  @Test
  void aDryRunCountsAndShowsNothing() {
    JobDefinition dry =
        new JobDefinition(
            orders.table(),
            orders.transformName(),
            orders.transform(),
            orders.source(),
            orders.limits(),
            1,
            orders.failurePolicy(),
            orders.publish(),
            true);
    world.subscriptions.add(world.subscription(dry, World.PREFIX, url -> true));
    world.work();
    put("a");
    world.work();

    assertThat(loaded()).isEmpty();
    assertThat(world.all().get(0).counts().counts().objects()).isEqualTo(1);
  }
}
