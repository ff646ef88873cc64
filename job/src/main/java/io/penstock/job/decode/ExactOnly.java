package io.penstock.job.decode;

/** Reads nothing quickly: for transforms that the quick way does not know. */
final class ExactOnly implements RecordDecoder {
  private final RecordDecoder decoder;

  ExactOnly(RecordDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public void objectStarted() {
    decoder.objectStarted();
  }

  @Override
  public boolean decode(byte[] bytes, int from, int to, Fields fields) throws RowRejected {
    return decoder.decode(bytes, from, to, fields);
  }
}
