package io.penstock.spec;

/** How an object is compressed. */
public enum Compression {
  /** Found by the object's first bytes, then by the ending of its name. */
  AUTO,
  NONE,
  /** RFC 1952, any number of members. */
  GZIP,
  ZSTD,
  /** Any number of concatenated streams. */
  BZIP2
}
