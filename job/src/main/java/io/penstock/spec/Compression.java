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
  BZIP2,
  /** RFC 1950, one stream. */
  ZLIB,
  /** RFC 1951, one stream, with or without the header of zlib. */
  DEFLATE,
  /** An archive, whose files are read one behind another; or, as some name it so, zlib. */
  ZIP
}
