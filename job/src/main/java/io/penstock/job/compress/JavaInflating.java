package io.penstock.job.compress;

import java.io.IOException;
import java.util.zip.DataFormatException;

/** Deflate in Java, block by block. */
final class JavaInflating implements Inflating {
  private final Window window = new Window();
  private final DeflateCodes codes = new DeflateCodes();
  private final BitInput in;
  private final SymbolLoop symbols;

  private Block block = Block.NONE;
  private boolean lastBlock;
  private int storedLeft;

  /** What is decoded at the moment. */
  private enum Block {
    NONE,
    STORED,
    CODED
  }

  JavaInflating(StoredInput stored) {
    this.in = new BitInput(stored);
    this.symbols = new SymbolLoop(in, window);
  }

  @Override
  public boolean begin() {
    window.beginMember();
    in.reset();
    block = Block.NONE;
    lastBlock = false;
    return true;
  }

  @Override
  public int inflate(byte[] target, int offset, int length)
      throws IOException, DataFormatException {
    while (window.untaken() == 0) {
      if (block == Block.NONE && lastBlock) {
        in.giveBack();
        return -1;
      }
      window.slide();
      decode();
    }
    return window.take(target, offset, length);
  }

  /** Until the window is full or the last block ends. */
  private void decode() throws IOException, DataFormatException {
    while (window.end <= window.limit()) {
      switch (block) {
        case NONE -> {
          if (lastBlock) {
            return;
          }
          beginBlock();
        }
        case STORED -> copy();
        case CODED -> {
          switch (symbols.decode(codes)) {
            case BLOCK_ENDED -> block = Block.NONE;
            case WANTS_INPUT -> in.more();
            case WINDOW_FULL -> {
              return;
            }
          }
        }
      }
    }
  }

  private void beginBlock() throws IOException, DataFormatException {
    lastBlock = in.bits(1) == 1;
    switch (in.bits(2)) {
      case 0 -> {
        in.giveBack();
        storedLeft = in.bits(16);
        if ((in.bits(16) ^ 0xffff) != storedLeft) {
          throw new DataFormatException("a stored block's length is damaged");
        }
        in.giveBack();
        block = Block.STORED;
      }
      case 1 -> {
        codes.fixed();
        block = Block.CODED;
      }
      case 2 -> {
        codes.read(in);
        block = Block.CODED;
      }
      default -> throw new DataFormatException("a block is of no known kind");
    }
  }

  private void copy() throws IOException {
    int count =
        in.copy(window.bytes, window.end, Math.min(storedLeft, window.limit() - window.end + 1));
    window.end += count;
    storedLeft -= count;
    if (storedLeft == 0) {
      block = Block.NONE;
    }
  }

  @Override
  public void close() {
    // Nothing that the garbage collector would not see.
  }
}
