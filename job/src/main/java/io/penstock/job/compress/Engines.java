package io.penstock.job.compress;

import com.intel.gkl.compression.IntelDeflater;
import com.intel.gkl.compression.IntelInflater;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which engines for deflate this process has: those in Java always, ISA-L where its library loads
 * and decodes and encodes a sample as it should. Setting the system property {@value #PROPERTY} to
 * false leaves it out.
 */
final class Engines {
  static final String PROPERTY = "penstock.native-gzip";

  private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
  private static final boolean NATIVE = tryNative();

  private Engines() {}

  static Optional<Inflating> forLarge(StoredInput in, MemberSum sum) {
    return NATIVE ? Optional.of(new NativeInflating(in, sum)) : Optional.empty();
  }

  static Optional<NativePieces> pieces() {
    return NATIVE ? Optional.of(new NativePieces()) : Optional.empty();
  }

  private static boolean tryNative() {
    if (!Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))) {
      LOG.info("gzip is undone in Java: {} is false", PROPERTY);
      return false;
    }
    try {
      load();
      check();
      LOG.info("gzip is undone by ISA-L, small members in Java");
      return true;
    } catch (IOException | RuntimeException | LinkageError e) {
      LOG.info("gzip is undone in Java, for ISA-L cannot be loaded: {}", e.toString());
      return false;
    }
  }

  /** Each class loader loads a file of its own; it is needed no longer than until it is loaded. */
  private static void load() throws IOException {
    Path folder = Files.createTempDirectory("penstock-isa-l");
    try {
      if (!new IntelInflater(true).load(folder.toFile())
          || !new IntelDeflater(1, true).load(folder.toFile())) {
        throw new IOException("no library for this machine");
      }
    } finally {
      for (File file : Optional.ofNullable(folder.toFile().listFiles()).orElse(new File[0])) {
        Files.deleteIfExists(file.toPath());
      }
      Files.deleteIfExists(folder);
    }
  }

  private static void check() throws IOException {
    StringBuilder text = new StringBuilder();
    Random random = new Random(1);
    while (text.length() < 4 * NativeInflating.WORTHWHILE_BYTES) {
      text.append("{\"value\":").append(random.nextLong()).append("}\n");
    }
    byte[] content = text.toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(stored)) {
      gzip.write(content);
    }
    StoredInput in = new StoredInput();
    MemberSum sum = new MemberSum();
    Gunzip gunzip = new Gunzip(in, sum, Optional.of(new NativeInflating(in, sum)));
    gunzip.begin(new ByteArrayInputStream(stored.toByteArray()));
    byte[] found = new byte[content.length];
    int filled = 0;
    for (int read = 0; read >= 0 && filled < found.length; filled += Math.max(read, 0)) {
      read = gunzip.read(found, filled, found.length - filled);
    }
    boolean ended = gunzip.read(new byte[1], 0, 1) < 0;
    gunzip.end();
    if (!ended || !Arrays.equals(found, content)) {
      throw new IOException("it does not decode a sample");
    }
    checkDeflating(content);
  }

  private static void checkDeflating(byte[] content) throws IOException {
    ByteArrayOutputStream stored = new ByteArrayOutputStream();
    try (NativePieces pieces = new NativePieces();
        GzipOutput gzip = new GzipOutput(stored, new NativeDeflating(pieces))) {
      gzip.write(content, 0, content.length);
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored.toByteArray()))) {
      if (!Arrays.equals(in.readAllBytes(), content)) {
        throw new IOException("it does not encode a sample");
      }
    }
  }
}
