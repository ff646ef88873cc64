package io.penstock.control.export;

/**
 * Why an attempt failed.
 *
 * @param type a word that callers know
 * @param message for a person, without secrets
 */
public record RunFailure(Cause cause, String type, String message) {
  private static final int MOST_BYTES = 4_096;

  /** Who can do something about it. */
  public enum Cause {
    /** The user: the same attempt fails again. */
    USER,
    /** It passes; the table's side. */
    READING,
    /** It passes; the destination's side. */
    WRITING
  }

  /** As it is shown. */
  String text() {
    String text = (type + ": " + message).replace("\0", "");
    return text.length() > MOST_BYTES ? text.substring(0, MOST_BYTES) : text;
  }
}
