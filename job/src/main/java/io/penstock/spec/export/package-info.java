/**
 * What an export is told ({@link io.penstock.spec.export.ExportSpec}, and the frozen {@link
 * io.penstock.spec.export.ExportPlan} in its job's folder) and what it leaves there ({@link
 * io.penstock.spec.export.ExportResult}): files that are uploaded in full and invisible. Who
 * commits them completes their uploads.
 *
 * <pre>
 * control API   writes the plan, starts the job with --export and the specification
 * job           reads the plan's files, begins uploads and notes each, writes the result last
 * control API   decides (one write of its own), completes the uploads, writes the manifest,
 *               gives up whatever else was begun
 * </pre>
 */
package io.penstock.spec.export;
