package io.penstock.job.scan;

import io.penstock.job.compress.BlockCodec;
import io.penstock.job.compress.UnreadableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/** The pages of one column in a row group, one after another. Of one thread. */
public final class ChunkPages {
  private static final byte[] NOTHING = {};

  /** Headers have the smallest and largest values in them, which may be long. */
  private static final int MOST_HEADERS = 16 * 1024;

  private static final int LONGEST_HEADER = 16 * 1024 * 1024;
  private static final int LARGEST_PAGE = 512 * 1024 * 1024;

  private final String column;
  private final BlockCodec codec;

  /** No page can be larger than all of them. */
  private final long largestPage;

  private final ChunkBytes chunk;

  /**
   * @param meta what the footer says of the column
   */
  public ChunkPages(String column, ColumnMetaData meta, ChunkBytes chunk)
      throws UnreadableException {
    this.column = column;
    this.codec = codec(meta.getCodec());
    this.largestPage = Math.min(LARGEST_PAGE, meta.getTotal_uncompressed_size());
    this.chunk = chunk;
  }

  /**
   * A page as it is stored, behind its header.
   *
   * @param from where it begins in the bytes
   */
  public record Page(PageHeader header, byte[] bytes, int from) {}

  private static BlockCodec codec(CompressionCodec codec) throws UnreadableException {
    return switch (codec) {
      case UNCOMPRESSED -> BlockCodec.NONE;
      case SNAPPY -> BlockCodec.SNAPPY;
      case GZIP -> BlockCodec.GZIP;
      case BROTLI -> BlockCodec.BROTLI;
      case ZSTD -> BlockCodec.ZSTD;
      case LZ4_RAW -> BlockCodec.LZ4;
      case LZO, LZ4 -> throw new UnreadableException("pages compressed by " + codec, null);
    };
  }

  /** The next page; whoever asks knows that there must be one. */
  public Page next() throws IOException {
    if (chunk.left() <= 0) {
      throw new UnreadableException("column %s ends early".formatted(column), null);
    }
    PageHeader header = header();
    int stored = header.getCompressed_page_size();
    if (stored < 0
        || header.getUncompressed_page_size() < 0
        || header.getUncompressed_page_size() > largestPage
        || stored > chunk.left()) {
      throw damaged();
    }
    chunk.need(stored);
    Page page = new Page(header, chunk.bytes(), chunk.at());
    chunk.skip(stored);
    return page;
  }

  private PageHeader header() throws IOException {
    int length = MOST_HEADERS;
    while (true) {
      chunk.need(length);
      ByteArrayInputStream in = new ByteArrayInputStream(chunk.bytes(), chunk.at(), chunk.here());
      try {
        PageHeader header = Util.readPageHeader(in);
        chunk.skip(chunk.here() - in.available());
        return header;
      } catch (IOException | RuntimeException e) {
        if (chunk.here() == chunk.left() || length >= LONGEST_HEADER) {
          throw new UnreadableException(
              "a page of column %s has no header: %s".formatted(column, e.getMessage()), e);
        }
        length *= 4;
      }
    }
  }

  private UnreadableException damaged() {
    return new UnreadableException("a page of column %s is damaged".formatted(column), null);
  }

  /**
   * A page's bytes.
   *
   * @param plain bytes at the page's beginning that are not compressed, and left out
   */
  public byte[] decompress(Page page, int plain, boolean compressed) throws UnreadableException {
    int original = page.header().getUncompressed_page_size() - plain;
    int stored = page.header().getCompressed_page_size() - plain;
    if (original < 0 || stored < 0 || plain < 0) {
      throw damaged();
    }
    if (original == 0) {
      return NOTHING;
    }
    return (compressed ? codec : BlockCodec.NONE)
        .decompress(page.bytes(), page.from() + plain, stored, original);
  }
}
