package io.penstock.job.compress;

import java.io.IOException;

/** The bytes are not what they should be; reading them again gives the same. */
public final class UnreadableException extends IOException {
  public UnreadableException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
