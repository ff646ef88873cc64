package io.penstock.job.parquet;

import com.github.luben.zstd.ZstdCompressCtx;

/** One zstd context, used for page after page. For one thread. */
public final class PageCompressor implements AutoCloseable {
  private final ZstdCompressCtx context = new ZstdCompressCtx();

  /**
   * @param level 1 to 22
   */
  public PageCompressor(int level) {
    context.setLevel(level);
  }

  byte[] compress(byte[] page) {
    return context.compress(page);
  }

  @Override
  public void close() {
    context.close();
  }
}
