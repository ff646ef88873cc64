package io.penstock.job.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.penstock.job.compress.BlockCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.CompressionCodec;

/**
 * The codec and the buffers for page after page and file after file. For one thread.
 *
 * <p>How zstd looks for repetitions is chosen by what a page holds. A search that remembers few
 * places finds what is near only; repetitions that are chance cost size as well as time, and what
 * is left is coded well by how often each byte occurs. Other columns repeat far away, or in short
 * pieces. All ways are tried on one of a column's plain pages; the fastest whose output is next to
 * the shortest is used for the others.
 */
public final class PageCompressor implements AutoCloseable {
  /** Above that, zstd has other ways to search, which want other lengths. */
  private static final int LAST_TUNED_LEVEL = 4;

  private static final int TEXT_MATCH_BYTES = 7;
  private static final int NUMBER_MATCH_BYTES = 5;

  /** Numbers of dictionary entries are packed: they seldom repeat in less. */
  private static final int CODE_MATCH_BYTES = 6;

  private static final int MAX_KEPT_BYTES = 4 * 1024 * 1024;

  /** A smaller page says little of those that follow. */
  private static final int TRIED_BYTES = 64 * 1024;

  /** A faster search does if its output is longer than the shortest by no more than that part. */
  private static final int ACCEPTED_LOSS = 100;

  // The fastest first, that of the level asked for last.
  private final List<ZstdCompressCtx> text = new ArrayList<>();
  private final List<ZstdCompressCtx> numbers = new ArrayList<>();

  /** For dictionary entries' numbers, levels and dictionaries of numbers. */
  private final List<ZstdCompressCtx> codes = new ArrayList<>();

  /** By field id, the index of the context that has been found to do. */
  private final Map<Integer, Integer> found = new HashMap<>();

  private final BlockCodec codec;
  private final Workspace workspace = new Workspace();
  private byte[] compressed = new byte[0];

  /**
   * Of zstd.
   *
   * @param level 1 to 22
   */
  public PageCompressor(int level) {
    this.codec = BlockCodec.ZSTD;
    if (level > 1) {
      text.add(remembering(6, 5));
      text.add(remembering(10, 5));
      text.add(remembering(16, TEXT_MATCH_BYTES));
      numbers.add(remembering(6, 5));
      numbers.add(remembering(12, 5));
      numbers.add(remembering(16, 4));
    }
    if (level > 2) {
      text.add(context(3, 6).setHashLog(10).setChainLog(10));
    }
    text.add(context(level, TEXT_MATCH_BYTES));
    numbers.add(context(level, NUMBER_MATCH_BYTES));
    codes.add(
        level <= LAST_TUNED_LEVEL
            ? remembering(14, CODE_MATCH_BYTES)
            : context(level, CODE_MATCH_BYTES));
  }

  private PageCompressor(BlockCodec codec) {
    this.codec = codec;
  }

  /**
   * @param zstdLevel 1 to 22; of no other codec
   */
  public static PageCompressor of(BlockCodec codec, int zstdLevel) {
    return codec == BlockCodec.ZSTD ? new PageCompressor(zstdLevel) : new PageCompressor(codec);
  }

  /** What readers are told. */
  CompressionCodec codec() {
    return switch (codec) {
      case NONE -> CompressionCodec.UNCOMPRESSED;
      case ZSTD -> CompressionCodec.ZSTD;
      case SNAPPY -> CompressionCodec.SNAPPY;
      case LZ4 -> CompressionCodec.LZ4_RAW;
      case GZIP -> CompressionCodec.GZIP;
      case BROTLI -> CompressionCodec.BROTLI;
    };
  }

  private static ZstdCompressCtx context(int level, int matchBytes) {
    ZstdCompressCtx context = new ZstdCompressCtx().setLevel(level);
    return level <= LAST_TUNED_LEVEL ? context.setMinMatch(matchBytes) : context;
  }

  /**
   * The fastest search.
   *
   * @param bits of the number of places that are remembered
   */
  private static ZstdCompressCtx remembering(int bits, int matchBytes) {
    return context(1, matchBytes).setHashLog(bits);
  }

  /** Forgets what earlier files have shown, so that the next ones do not depend on them. */
  public void forget() {
    found.clear();
    workspace.knownTexts().forget();
  }

  /** Of the rows that its files are given. */
  public KnownTexts knownTexts() {
    return workspace.knownTexts();
  }

  Workspace workspace() {
    return workspace;
  }

  /**
   * @return the length of what {@link #compressed} then begins with
   */
  int compressText(byte[] bytes, int from, int length) {
    return compress(text, bytes, from, length);
  }

  int compressCodes(byte[] bytes, int from, int length) {
    return compress(codes, bytes, from, length);
  }

  private int compress(List<ZstdCompressCtx> contexts, byte[] bytes, int from, int length) {
    return codec == BlockCodec.ZSTD
        ? compress(contexts.get(contexts.size() - 1), bytes, from, length)
        : compressByCodec(bytes, from, length);
  }

  private int compressByCodec(byte[] bytes, int from, int length) {
    compressed = codec.compress(bytes, from, length);
    return compressed.length;
  }

  /**
   * A page of values as they are.
   *
   * @param column its field id
   */
  int compressPlain(boolean isText, int column, byte[] bytes, int from, int length) {
    if (codec != BlockCodec.ZSTD) {
      return compressByCodec(bytes, from, length);
    }
    List<ZstdCompressCtx> contexts = isText ? text : numbers;
    int last = contexts.size() - 1;
    Integer known = found.get(column);
    if (known == null && length >= TRIED_BYTES) {
      known = fastestThatDoes(contexts, bytes, from, length);
      found.put(column, known);
    }
    return compress(contexts.get(known == null ? last : known), bytes, from, length);
  }

  private int fastestThatDoes(List<ZstdCompressCtx> contexts, byte[] bytes, int from, int length) {
    int[] sizes = contexts.stream().mapToInt(c -> compress(c, bytes, from, length)).toArray();
    int shortest = Arrays.stream(sizes).min().orElseThrow();
    int fastest = 0;
    while (sizes[fastest] > shortest + shortest / ACCEPTED_LOSS) {
      fastest++;
    }
    return fastest;
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
    text.forEach(ZstdCompressCtx::close);
    numbers.forEach(ZstdCompressCtx::close);
    codes.forEach(ZstdCompressCtx::close);
    workspace.close();
  }
}
