package io.penstock.control.catalog;

import java.util.UUID;

/** What can be wrong with a request about the catalog. */
public abstract sealed class CatalogException extends RuntimeException {
  private CatalogException(String message) {
    super(message);
  }

  /** There is no such thing for the caller. */
  public static final class NotFound extends CatalogException {
    public NotFound() {
      super("Not found.");
    }
  }

  /** Another one in the same parent has the name. */
  public static final class NameTaken extends CatalogException {
    private final String name;

    public NameTaken(String name) {
      super("The name " + name + " is taken.");
      this.name = name;
    }

    public String name() {
      return name;
    }
  }

  /** Another object has the id. */
  public static final class IdTaken extends CatalogException {
    public IdTaken(UUID id) {
      super("The id " + id + " is in use.");
    }
  }
}
