package io.penstock.control.dialect.hydrolix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.control.catalog.CatalogObject;

/** How a body changes an object: PUT and PATCH differ in nothing else. */
@FunctionalInterface
interface Reading {
  /** The object as it is to be, as far as it was given rightly. */
  ObjectNode read(CatalogObject before, Violations violations);
}
