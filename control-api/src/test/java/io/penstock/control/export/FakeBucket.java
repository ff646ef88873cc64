package io.penstock.control.export;

import io.penstock.spec.export.BegunUpload;
import io.penstock.spec.export.ExportFailure;
import io.penstock.spec.export.ExportFolder;
import io.penstock.spec.export.ExportPlan;
import io.penstock.spec.export.ExportResult;
import io.penstock.spec.export.ExportedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A destination and the notes about its uploads in memory, at which one may die. */
final class FakeBucket implements ExportDestination, ExportFolders {
  private final Map<String, String> objects = new TreeMap<>();
  private final Map<String, String> uploads = new TreeMap<>();
  private final List<BegunUpload> noted = new ArrayList<>();
  private int stepsLeft = Integer.MAX_VALUE;
  private boolean answerIsLost;
  private boolean deletingIsDenied;

  /** Whoever uses it dies at a step, which has happened or not. */
  void dieAt(int step, boolean happens) {
    stepsLeft = step;
    answerIsLost = happens;
  }

  void liveOn() {
    stepsLeft = Integer.MAX_VALUE;
  }

  /** Whether it died. */
  boolean died() {
    return stepsLeft < 0;
  }

  void denyDeleting() {
    deletingIsDenied = true;
  }

  /** What an attempt does. */
  ExportedFile upload(String key, String content) {
    String id = "upload-" + noted.size();
    uploads.put(id, content);
    noted.add(new BegunUpload(key, id));
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new ExportedFile(
        key, 1, bytes.length, sha256(content), id, List.of(new ExportedFile.Part(1, "e")));
  }

  private static String sha256(String content) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  void putObject(String key, String content) {
    objects.put(key, content);
  }

  Map<String, String> objects() {
    return objects;
  }

  int openUploads() {
    return uploads.size();
  }

  /** What a service's lifecycle rule does. */
  void loseUploads() {
    uploads.clear();
  }

  private void step(Runnable action) throws IOException {
    stepsLeft--;
    if (stepsLeft >= 0 || (stepsLeft == -1 && answerIsLost)) {
      action.run();
    }
    if (stepsLeft < 0) {
      throw new IOException("died");
    }
  }

  @Override
  public synchronized Completion complete(ExportedFile file) throws IOException {
    Completion[] completion = {new Completion.NoSuchUpload()};
    step(
        () -> {
          String content = uploads.remove(file.uploadId());
          if (content != null) {
            objects.put(file.key(), content);
            completion[0] = new Completion.Completed(etag(content));
          }
        });
    return completion[0];
  }

  @Override
  public synchronized Optional<String> find(ExportedFile file) {
    return Optional.ofNullable(objects.get(file.key()))
        .filter(content -> file.sha256().equals(sha256(content)))
        .map(FakeBucket::etag);
  }

  private static String etag(String content) {
    return "\"" + content + "\"";
  }

  @Override
  public synchronized void put(String key, byte[] bytes) throws IOException {
    step(() -> objects.put(key, new String(bytes, StandardCharsets.UTF_8)));
  }

  @Override
  public synchronized void delete(String key) throws IOException {
    if (deletingIsDenied) {
      throw new IOException("denied");
    }
    step(() -> objects.remove(key));
  }

  @Override
  public synchronized void abort(String key, String uploadId) throws IOException {
    step(() -> uploads.remove(uploadId));
  }

  @Override
  public List<BegunUpload> uploads(ExportFolder folder) {
    return List.copyOf(noted);
  }

  @Override
  public ExportPlan writePlan(ExportFolder folder, ExportPlan plan) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<ExportResult> result(ExportFolder folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<ExportFailure> failure(ExportFolder folder) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {
    // What it holds stays.
  }
}
