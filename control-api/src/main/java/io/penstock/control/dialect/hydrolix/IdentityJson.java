package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.Organization;
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

  static ArrayNode roleNames(List<Role> roles) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    roles.stream().map(Role::name).forEach(names::add);
    return names;
  }
}
