package io.penstock.job.decode;

/** Of formats whose rows come with their values: there are no bytes to decode. */
final class NoRecords implements RecordDecoder {
  @Override
  public void objectStarted() {
    // Its rows come as they are.
  }

  @Override
  public boolean decode(byte[] bytes, int from, int to, Fields fields) {
    throw new IllegalStateException("the format has no records of bytes");
  }
}
