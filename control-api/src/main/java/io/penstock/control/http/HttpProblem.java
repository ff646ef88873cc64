package io.penstock.control.http;

/** A request that is answered with an error; the dialect of its path words the body. */
public final class HttpProblem extends RuntimeException {
  private final int status;

  public HttpProblem(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
