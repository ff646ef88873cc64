/**
 * Publishes what jobs wrote to Iceberg tables, and reads their folders. The only user of Iceberg
 * and S3.
 */
package io.penstock.control.publish;
