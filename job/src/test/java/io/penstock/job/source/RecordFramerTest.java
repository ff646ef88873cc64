package io.penstock.job.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.job.record.Chunk;
import io.penstock.job.record.ChunkBuffers;
import io.penstock.job.record.ReadEvent;
import io.penstock.spec.RecordFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RecordFramerTest {
  private static final RecordFormat LINES = new RecordFormat.NdJson();
  private static final RecordFormat CSV =
      new RecordFormat.Csv(',', Optional.of('"'), Optional.of('"'), Optional.empty(), 0, false);

  @Test
  void chunksTogetherAreTheObjectWhereverReadsAreCut() throws Exception {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(40); j > 0; j--) {
        text.append("x".repeat(random.nextInt(60))).append(random.nextInt(9) == 0 ? "\r\n" : "\n");
      }
      text.append("last");
      byte[] bytes = text.toString().getBytes(UTF_8);

      List<ReadEvent> events =
          frame(bytes, LINES, new RecordFramer.Limits(16 + random.nextInt(64), 1_000), random);

      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (ReadEvent event : events) {
        Chunk chunk = (Chunk) event;
        assertThat(chunk.byteOffset()).isEqualTo(all.size());
        assertThat(chunk.line()).isEqualTo(1 + newlines(all.toByteArray()));
        all.write(chunk.bytes(), 0, chunk.length());
        boolean lastOfAll = all.size() == bytes.length;
        assertThat(lastOfAll || chunk.bytes()[chunk.length() - 1] == '\n').isTrue();
      }
      assertThat(all.toByteArray()).isEqualTo(bytes);
    }
  }

  @Test
  void aQuotedLineEndDoesNotEndARecord() throws Exception {
    byte[] bytes = "a,\"1\n2\"\nb,\"3\"\"\n4\"\nc,5\n".getBytes(UTF_8);

    List<ReadEvent> events = frame(bytes, CSV, new RecordFramer.Limits(9, 1_000), new Random(2));

    assertThat(events)
        .extracting(event -> text((Chunk) event))
        .containsExactly("a,\"1\n2\"\n", "b,\"3\"\"\n4\"\nc,5\n");
  }

  @Test
  void anOversizedRecordIsReportedAndItsNeighboursAreKept() throws Exception {
    byte[] bytes = ("a\n" + "x".repeat(500) + "\nb\n").getBytes(UTF_8);

    List<ReadEvent> events = frame(bytes, LINES, new RecordFramer.Limits(16, 64), new Random(3));

    ReadEvent.OversizedRecord oversized = (ReadEvent.OversizedRecord) events.get(1);
    assertThat(oversized.line()).isEqualTo(2);
    assertThat(oversized.byteOffset()).isEqualTo(2);
    assertThat(oversized.bytes()).isEqualTo(501);
    assertThat(text((Chunk) events.get(0))).isEqualTo("a\n");
    Chunk rest = (Chunk) events.get(2);
    assertThat(text(rest)).isEqualTo("b\n");
    assertThat(rest.line()).isEqualTo(3);
    assertThat(rest.byteOffset()).isEqualTo(503);
  }

  @Test
  void aByteOrderMarkIsDroppedAndCounted() throws Exception {
    byte[] bytes = "\ufeffa\n".getBytes(UTF_8);

    Chunk chunk =
        (Chunk) frame(bytes, LINES, new RecordFramer.Limits(16, 64), new Random(4)).get(0);

    assertThat(text(chunk)).isEqualTo("a\n");
    assertThat(chunk.byteOffset()).isEqualTo(3);
  }

  @Test
  void anEmptyObjectHasNoChunk() throws Exception {
    assertThat(frame(new byte[0], LINES, new RecordFramer.Limits(16, 64), new Random(5))).isEmpty();
  }

  @Test
  void theArraysOfReleasedChunksAreUsedForLaterOnes() throws Exception {
    RecordFramer.Limits limits = new RecordFramer.Limits(64, 256);
    ChunkBuffers buffers = limits.newBuffers();
    Set<byte[]> arrays = Collections.newSetFromMap(new IdentityHashMap<>());
    List<String> lines = new ArrayList<>();
    for (int object = 0; object < 20; object++) {
      byte[] bytes = ("line of object " + object + "\n").repeat(object).getBytes(UTF_8);
      RecordFramer framer =
          new RecordFramer(new ByteArrayInputStream(bytes), () -> 0, LINES, limits, buffers);
      for (Optional<ReadEvent> event = framer.next(); event.isPresent(); event = framer.next()) {
        Chunk chunk = (Chunk) event.get();
        arrays.add(chunk.bytes());
        lines.addAll(text(chunk).lines().toList());
        chunk.release();
      }
    }

    assertThat(lines).hasSize(190).endsWith("line of object 19");
    assertThat(arrays).hasSizeLessThanOrEqualTo(2);
  }

  private static List<ReadEvent> frame(
      byte[] bytes, RecordFormat format, RecordFramer.Limits limits, Random random)
      throws IOException {
    InputStream dribbling =
        new ByteArrayInputStream(bytes) {
          @Override
          public int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(20)));
          }
        };
    RecordFramer framer = new RecordFramer(dribbling, () -> 0, format, limits, new ChunkBuffers(0));
    List<ReadEvent> events = new ArrayList<>();
    for (Optional<ReadEvent> event = framer.next(); event.isPresent(); event = framer.next()) {
      events.add(event.get());
    }
    return events;
  }

  private static String text(Chunk chunk) {
    return new String(chunk.bytes(), 0, chunk.length(), UTF_8);
  }

  private static long newlines(byte[] bytes) {
    long count = 0;
    for (byte b : bytes) {
      count += b == '\n' ? 1 : 0;
    }
    return count;
  }
}
