package io.penstock.locals3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server over a folder, bound to 127.0.0.1. Buckets are the folder's children; objects
 * persist, and so do unfinished multipart uploads. Objects are to be uploaded: a file that is put
 * into the folder by other means cannot be read back.
 */
public final class LocalS3 implements AutoCloseable {
  private final S3Proxy server;
  private final URI endpoint;

  private LocalS3(S3Proxy server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /**
   * @param port 0 for any free one
   */
  public static LocalS3 start(Path folder, int port, String accessKeyId, String secretAccessKey) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the S3 server's folder " + folder, e);
    }
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(folder.toString()))
            .endpoint(URI.create("http://127.0.0.1:" + port))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKeyId, secretAccessKey)
            .ignoreUnknownHeaders(true)
            .build();
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("cannot start the S3 server on port " + port, e);
    }
    return new LocalS3(server, URI.create("http://127.0.0.1:" + server.getPort()));
  }

  /** Base URL; path-style addressing. */
  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("cannot stop the S3 server", e);
    }
  }
}
