package io.penstock.control.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.control.catalog.Permission;
import io.penstock.control.catalog.Permission.ScopeType;
import io.penstock.control.catalog.Permissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class GrantedTest {
  private static final UUID ORGANIZATION = UUID.randomUUID();
  private static final UUID PROJECT = UUID.randomUUID();
  private static final Set<UUID> TABLE = Set.of(ORGANIZATION, PROJECT, UUID.randomUUID());
  private static final Set<UUID> ELSEWHERE = Set.of(ORGANIZATION, UUID.randomUUID());

  private static Role role(Optional<Role.Scope> scope, Permission... permissions) {
    return new Role(7, "r", false, List.of(new Role.Policy(Set.of(permissions), scope)));
  }

  @Test
  void aRightOnAProjectHoldsForWhatIsInIt() {
    Role loader = role(Optional.of(new Role.Scope(ScopeType.PROJECT, PROJECT)), Permission.ADD_JOB);
    Permissions granted = new Granted(List.of(loader));

    assertThat(granted.allow(Permission.ADD_JOB, TABLE)).isTrue();
    assertThat(granted.allow(Permission.VIEW_JOB, TABLE)).isFalse();
    assertThat(granted.allow(Permission.ADD_JOB, ELSEWHERE)).isFalse();
    assertThat(granted.superuser()).isFalse();
  }

  @Test
  void rightsAreOnlyEverAdded() {
    Role narrow = role(Optional.of(new Role.Scope(ScopeType.PROJECT, PROJECT)), Permission.ADD_JOB);
    Permissions granted = new Granted(List.of(narrow, role(Optional.empty(), Permission.VIEW_JOB)));

    assertThat(granted.allow(Permission.ADD_JOB, TABLE)).isTrue();
    assertThat(granted.allow(Permission.VIEW_JOB, ELSEWHERE)).isTrue();
    assertThat(granted.allow(Permission.ADD_JOB, ELSEWHERE)).isFalse();
  }

  @Test
  void aSuperuserMayDoEverythingAndWhoHasNoRoleNothing() {
    Permissions superuser = new Granted(List.of(new Role(1, "super_admin", true, List.of())));
    Permissions nobody = new Granted(List.of());

    for (Permission permission : Permission.values()) {
      assertThat(superuser.allow(permission, TABLE)).isTrue();
      assertThat(nobody.allow(permission, TABLE)).isFalse();
    }
    assertThat(superuser.superuser()).isTrue();
  }
}
