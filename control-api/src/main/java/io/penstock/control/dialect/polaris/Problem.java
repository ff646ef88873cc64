package io.penstock.control.dialect.polaris;

/**
 * One thing that is wrong with a request.
 *
 * @param target a path in the sender's own field names; empty for the request as a whole
 * @param place within the target's text; empty for all of it
 */
record Problem(String code, String message, String target, String place) {
  static final String BAD_ARGUMENT = "BadArgument";
  static final String UNSUPPORTED = "UnsupportedFeature";
  static final String STATE_CONFLICT = "StateConflict";

  Problem(String code, String message, String target) {
    this(code, message, target, "");
  }
}
