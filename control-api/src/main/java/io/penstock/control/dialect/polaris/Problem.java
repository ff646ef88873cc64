package io.penstock.control.dialect.polaris;

/**
 * One thing that is wrong with a request.
 *
 * @param target a path in the sender's own field names; empty for the request as a whole
 */
record Problem(String code, String message, String target) {
  static final String BAD_ARGUMENT = "BadArgument";
  static final String UNSUPPORTED = "UnsupportedFeature";
  static final String STATE_CONFLICT = "StateConflict";
}
