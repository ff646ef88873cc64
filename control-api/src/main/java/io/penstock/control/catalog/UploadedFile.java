package io.penstock.control.catalog;

import io.penstock.control.job.Principal;
import java.time.Instant;
import java.util.UUID;

/**
 * A file that was uploaded to be loaded.
 *
 * @param name unique in the project; may hold slashes
 * @param dataFormat as its dialect calls it
 * @param compression as its dialect calls it
 * @param md5 of its bytes, hexadecimal
 */
public record UploadedFile(
    UUID id,
    UUID project,
    String name,
    long sizeBytes,
    String dataFormat,
    String compression,
    String md5,
    Principal uploadedBy,
    Instant uploadedAt) {}
