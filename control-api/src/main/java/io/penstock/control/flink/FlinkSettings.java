package io.penstock.control.flink;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How Flink is reached.
 *
 * @param jobJar the shaded JAR of the job
 * @param checkpoints folder URL as Flink's file systems read it
 * @param savepoints folder URL as Flink's file systems read it
 * @param checkpointInterval also how long finished tasks wait for their commit
 */
public record FlinkSettings(
    URI url,
    Duration timeout,
    Path jobJar,
    String checkpoints,
    String savepoints,
    Duration checkpointInterval) {}
