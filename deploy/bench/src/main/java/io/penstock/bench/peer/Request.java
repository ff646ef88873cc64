package io.penstock.bench.peer;

import io.penstock.bench.data.Dataset;

/**
 * One load, as it is asked of a peer's process.
 *
 * @param input folder with the data set's files
 * @param output empty folder for Parquet files
 */
record Request(Dataset dataset, String input, String output) {}
