package io.penstock.control.catalog;

import java.util.List;
import java.util.stream.Stream;

/** A right. What needs which one is said beside the routes of a dialect. */
public enum Permission {
  VIEW_PROJECT(ScopeType.PROJECT),
  ADD_PROJECT(ScopeType.ORGANIZATION),
  CHANGE_PROJECT(ScopeType.PROJECT),
  DELETE_PROJECT(ScopeType.PROJECT),
  VIEW_TABLE(ScopeType.TABLE),
  ADD_TABLE(ScopeType.PROJECT),
  CHANGE_TABLE(ScopeType.TABLE),
  DELETE_TABLE(ScopeType.TABLE),
  VIEW_TRANSFORM(ScopeType.TABLE),
  ADD_TRANSFORM(ScopeType.TABLE),
  CHANGE_TRANSFORM(ScopeType.TABLE),
  DELETE_TRANSFORM(ScopeType.TABLE),
  VIEW_CONNECTION(ScopeType.ORGANIZATION),
  ADD_CONNECTION(ScopeType.ORGANIZATION),
  DELETE_CONNECTION(ScopeType.ORGANIZATION),
  VIEW_JOB(ScopeType.TABLE),
  STATUS_JOB(ScopeType.TABLE),
  ADD_JOB(ScopeType.TABLE),
  CANCEL_JOB(ScopeType.TABLE),
  RETRY_JOB(ScopeType.TABLE),
  DELETE_JOB(ScopeType.TABLE);

  private final ScopeType narrowest;

  Permission(ScopeType narrowest) {
    this.narrowest = narrowest;
  }

  /** Those that say something on a scope of the type. */
  public static List<Permission> on(ScopeType type) {
    return Stream.of(values()).filter(p -> p.narrowest.compareTo(type) >= 0).toList();
  }

  /** What a right may be limited to, widest first. */
  public enum ScopeType {
    ORGANIZATION,
    PROJECT,
    TABLE
  }
}
