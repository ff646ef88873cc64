package io.penstock.job.parquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/** One zstd context and the buffers for page after page and file after file. For one thread. */
public final class PageCompressor implements AutoCloseable {
  private static final int MAX_KEPT_BYTES = 4 * 1024 * 1024;

  private final ZstdCompressCtx context = new ZstdCompressCtx();
  private final Workspace workspace = new Workspace();
  private byte[] compressed = new byte[0];

  /**
   * @param level 1 to 22
   */
  public PageCompressor(int level) {
    context.setLevel(level);
  }

  Workspace workspace() {
    return workspace;
  }

  /**
   * @return the length of what {@link #compressed} then begins with
   */
  int compress(GrowingBytes page) {
    int bound = Math.toIntExact(Zstd.compressBound(page.size()));
    if (compressed.length < bound || compressed.length > Math.max(bound, MAX_KEPT_BYTES)) {
      compressed = new byte[bound];
    }
    return context.compressByteArray(
        compressed, 0, compressed.length, page.bytes(), 0, page.size());
  }

  /** Valid until the next page. */
  byte[] compressed() {
    return compressed;
  }

  @Override
  public void close() {
    context.close();
  }
}
