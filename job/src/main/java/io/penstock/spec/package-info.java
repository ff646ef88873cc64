/**
 * The contract between the control API and the Flink job: what a job is told, and what it leaves
 * behind. Plain Java and Jackson; imports nothing of Flink, S3 or either side.
 */
package io.penstock.spec;
