/** Data access to S3: listing, pinned ranged reads, multipart uploads. The only user of the SDK. */
package io.penstock.job.s3;
