package io.penstock.job.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/**
 * The zstd contexts and the buffers for page after page and file after file. For one thread.
 *
 * <p>How zstd looks for repetitions is chosen by what a page holds. Text repeats in words: shorter
 * matches are chance, and cost size as well as time. Numbers repeat in the high bytes of eight.
 */
public final class PageCompressor implements AutoCloseable {
  private static final int FASTEST_LEVEL = 1;

  /** Above that, zstd has other ways to search, which want other lengths. */
  private static final int LAST_TUNED_LEVEL = 4;

  private static final int TEXT_MATCH_BYTES = 7;
  private static final int NUMBER_MATCH_BYTES = 5;
  private static final int MAX_KEPT_BYTES = 4 * 1024 * 1024;

  private final ZstdCompressCtx text;
  private final ZstdCompressCtx fastText;
  private final ZstdCompressCtx numbers;
  private final boolean isFastest;
  private final Workspace workspace = new Workspace();
  private byte[] compressed = new byte[0];

  /**
   * @param level 1 to 22
   */
  public PageCompressor(int level) {
    this.text = context(level, TEXT_MATCH_BYTES);
    this.fastText = context(FASTEST_LEVEL, TEXT_MATCH_BYTES);
    this.numbers = context(level, NUMBER_MATCH_BYTES);
    this.isFastest = level <= FASTEST_LEVEL;
  }

  private static ZstdCompressCtx context(int level, int matchBytes) {
    ZstdCompressCtx context = new ZstdCompressCtx().setLevel(level);
    return level <= LAST_TUNED_LEVEL ? context.setMinMatch(matchBytes) : context;
  }

  Workspace workspace() {
    return workspace;
  }

  /** Whether {@link #compressTextFast} differs from {@link #compressText}. */
  boolean hasFastText() {
    return !isFastest;
  }

  /**
   * @return the length of what {@link #compressed} then begins with
   */
  int compressText(byte[] bytes, int from, int length) {
    return compress(text, bytes, from, length);
  }

  int compressTextFast(byte[] bytes, int from, int length) {
    return compress(fastText, bytes, from, length);
  }

  int compressNumbers(byte[] bytes, int from, int length) {
    return compress(numbers, bytes, from, length);
  }

  private int compress(ZstdCompressCtx context, byte[] bytes, int from, int length) {
    long largest = Zstd.compressBound(length);
    if (largest > Integer.MAX_VALUE - 8) {
      throw new IllegalStateException("a page of %d bytes cannot be compressed".formatted(length));
    }
    int bound = (int) largest;
    if (compressed.length < bound || compressed.length > Math.max(bound, MAX_KEPT_BYTES)) {
      compressed = new byte[bound];
    }
    return context.compressByteArray(compressed, 0, compressed.length, bytes, from, length);
  }

  /** Valid until the next page. */
  byte[] compressed() {
    return compressed;
  }

  @Override
  public void close() {
    text.close();
    fastText.close();
    numbers.close();
  }
}
