package io.penstock.standalone;

import io.penstock.spec.SecretBox;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Supplier;

/** The one folder that holds everything. Locked, so that two processes never share it. */
final class DataFolder implements AutoCloseable {
  private static final int SECRET_BYTES = 20;

  private final Path root;
  private final FileChannel lockFile;

  private DataFolder(Path root, FileChannel lockFile) {
    this.root = root;
    this.lockFile = lockFile;
  }

  /**
   * @throws IllegalStateException with a sentence if another process has it
   */
  static DataFolder open(Path root) throws IOException {
    Files.createDirectories(root);
    FileChannel lockFile =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      lockFile.close();
      throw new IllegalStateException("Another Penstock is running in " + root + ".");
    }
    return new DataFolder(root.toAbsolutePath(), lockFile);
  }

  Path resolve(String name) {
    return root.resolve(name);
  }

  /** Made at the first start, kept for its owner's eyes. */
  String secret(String name, Supplier<String> make) throws IOException {
    Path file = root.resolve(name);
    if (!Files.exists(file)) {
      write(name, make.get() + "\n");
    }
    return Files.readString(file, StandardCharsets.UTF_8).strip();
  }

  /** Replaces a file that only its owner may read. */
  void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Path fresh = root.resolve(name + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, text, StandardCharsets.UTF_8);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }

  static String randomSecret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static String randomApiKey() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return "pok_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static String randomSecretKey() {
    return SecretBox.newKey();
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
