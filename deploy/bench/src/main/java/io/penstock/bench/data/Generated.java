package io.penstock.bench.data;

import java.nio.file.Path;

/**
 * A data set's objects as files.
 *
 * @param storedBytes of all files
 * @param plainBytes before compression
 */
public record Generated(Path folder, long storedBytes, long plainBytes) {}
