package io.penstock.job.compress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EnginesTest {
  /** Flink loads the job's classes anew for each job, and a library belongs to one class loader. */
  @Test
  void everyClassLoaderGetsTheSameEngine() throws Exception {
    byte[] content = Gzips.content(new Random(1), 500_000);
    byte[] stored = Gzips.member(content);
    List<Object> engines = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      try (URLClassLoader loader = new URLClassLoader(classPath(), parent())) {
        assertThat(read(loader, stored)).isEqualTo(content);
        engines.add(hasNative(loader));
      }
    }

    assertThat(engines).containsOnly(hasNative(getClass().getClassLoader()));
  }

  @Test
  void nothingIsLeftOfLoadingTheLibrary() throws Exception {
    // Killed processes leave theirs.
    Set<String> before = unpackedLibraries();
    try (URLClassLoader loader = new URLClassLoader(classPath(), parent())) {
      assertThat(hasNative(loader)).isNotNull();
    }
    assertThat(unpackedLibraries()).isSubsetOf(before);
  }

  private static Set<String> unpackedLibraries() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("penstock-isa-l"))
          .collect(Collectors.toSet());
    }
  }

  @Test
  void withoutTheLibraryGzipIsUndoneInJava() throws Exception {
    byte[] content = Gzips.content(new Random(2), 500_000);
    URL[] without =
        Arrays.stream(classPath())
            .filter(url -> !url.getPath().contains("/gkl"))
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(without, parent())) {
      assertThat(hasNative(loader)).isEqualTo(false);
      assertThat(read(loader, Gzips.member(content))).isEqualTo(content);
    }
  }

  @Test
  void bothEnginesReadTheSame() throws Exception {
    Random random = new Random(3);
    for (int i = 0; i < 40; i++) {
      byte[] content = Gzips.content(random, 200_000 + random.nextInt(400_000));
      byte[] stored = Gzips.member(content, Gzips.deflate(content, random));
      try (GzipStream in = new GzipStream(new ByteArrayInputStream(stored))) {
        assertThat(Arrays.equals(in.readAllBytes(), content)).isTrue();
      }
      assertThat(Arrays.equals(inJava(stored, content.length), content)).isTrue();
    }
  }

  private static byte[] inJava(byte[] stored, int length) throws Exception {
    Gunzip gunzip = new Gunzip(new StoredInput(), new MemberSum(), Optional.empty());
    gunzip.begin(new ByteArrayInputStream(stored));
    byte[] content = new byte[length];
    int filled = 0;
    int read = 0;
    while (read >= 0 && filled < length) {
      read = gunzip.read(content, filled, length - filled);
      filled += Math.max(read, 0);
    }
    assertThat(gunzip.read(new byte[1], 0, 1)).isEqualTo(-1);
    return content;
  }

  private static Object hasNative(ClassLoader loader) throws Exception {
    var engine = loader.loadClass(Engines.class.getName()).getDeclaredField("NATIVE");
    engine.setAccessible(true);
    return engine.get(null);
  }

  private static byte[] read(ClassLoader loader, byte[] stored) throws Exception {
    var constructor =
        loader.loadClass(GzipStream.class.getName()).getDeclaredConstructor(InputStream.class);
    constructor.setAccessible(true);
    try (InputStream in = (InputStream) constructor.newInstance(new ByteArrayInputStream(stored))) {
      return in.readAllBytes();
    }
  }

  private static ClassLoader parent() {
    return ClassLoader.getPlatformClassLoader();
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(URL[]::new);
  }
}
