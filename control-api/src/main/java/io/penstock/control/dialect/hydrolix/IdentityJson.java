package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.Caller;
import io.penstock.control.catalog.Organization;
import io.penstock.control.identity.Account;
import io.penstock.control.identity.Role;
import java.util.List;

/** Accounts and what they belong to, as the product shows them. Pure. */
final class IdentityJson {
  private IdentityJson() {}

  static ObjectNode membership(Organization organization, String cloud) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("uuid", organization.id().toString())
        .put("name", organization.name())
        .put("type", "singletenant")
        .put("cloud", cloud)
        .put("kubernetes", true);
  }

  static ObjectNode service(Account account) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("uuid", account.id().toString())
        .put("name", account.name())
        .put("audit", false)
        .put("is_service_account", true);
  }

  static ObjectNode user(Account account, String cloud) {
    boolean person = account.kind() == Account.Kind.PERSON;
    ObjectNode json = caller(account.caller(), cloud);
    json.set("roles", roleNames(account.roles()));
    return json.put("audit", false).put("emailVerified", person).put("is_service_account", !person);
  }

  /** Of an API key, as of a superuser that is no person. */
  static ObjectNode keyHolder(Caller caller, String cloud) {
    ObjectNode json = caller(caller, cloud);
    json.putArray("roles").add("super_admin");
    return json.put("audit", false).put("emailVerified", false).put("is_service_account", true);
  }

  private static ObjectNode caller(Caller caller, String cloud) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("uuid", caller.principal().id().toString())
            .put("email", caller.principal().name());
    json.putArray("orgs").add(membership(caller.organization(), cloud));
    return json.put("is_superuser", caller.permissions().superuser());
  }

  static ArrayNode roleNames(List<Role> roles) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    roles.stream().map(Role::name).forEach(names::add);
    return names;
  }
}
