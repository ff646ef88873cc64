package io.penstock.job.typed.avro;

import io.penstock.job.compress.BlockCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.avro.file.Codec;
import org.apache.avro.file.CodecFactory;

/** Blocks compressed by Snappy, with the checksum of what they were behind them. */
final class SnappyBlocks extends Codec {
  static final String NAME = "snappy";

  private static final int CHECKSUM_BYTES = Integer.BYTES;
  private static final int MAX_LENGTH_BYTES = 5;
  private static final int MAX_BLOCK = 512 * 1024 * 1024;

  /** Makes the codec, under the name that files have for it. */
  static final class Factory extends CodecFactory {
    @Override
    protected Codec createInstance() {
      return new SnappyBlocks();
    }
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public ByteBuffer compress(ByteBuffer uncompressed) {
    byte[] plain = ContainerStream.bytes(uncompressed);
    byte[] compressed = BlockCodec.SNAPPY.compress(plain, 0, plain.length);
    ByteBuffer block = ByteBuffer.allocate(compressed.length + CHECKSUM_BYTES);
    block.put(compressed).putInt(checksum(plain));
    return block.flip();
  }

  @Override
  public ByteBuffer decompress(ByteBuffer compressed) throws IOException {
    byte[] block = ContainerStream.bytes(compressed);
    int length = block.length - CHECKSUM_BYTES;
    if (length <= 0) {
      throw new IOException("a block is too short");
    }
    byte[] plain = BlockCodec.SNAPPY.decompress(block, 0, length, plainLength(block));
    if (checksum(plain) != ByteBuffer.wrap(block).getInt(length)) {
      throw new IOException("the checksum of a block is wrong");
    }
    return ByteBuffer.wrap(plain);
  }

  /** Snappy begins with it, seven bits a byte, the lowest first. */
  private static int plainLength(byte[] block) throws IOException {
    long length = 0;
    for (int i = 0; i < MAX_LENGTH_BYTES && i < block.length; i++) {
      length |= (block[i] & 0x7fL) << (7 * i);
      if (block[i] >= 0) {
        if (length > MAX_BLOCK) {
          break;
        }
        return (int) length;
      }
    }
    throw new IOException("a block cannot be so long");
  }

  private static int checksum(byte[] plain) {
    CRC32 sum = new CRC32();
    sum.update(plain);
    return (int) sum.getValue();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SnappyBlocks;
  }

  @Override
  public int hashCode() {
    return NAME.hashCode();
  }
}
