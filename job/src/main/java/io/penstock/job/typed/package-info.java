/**
 * Objects whose values have types of their own, as batches of the types that inputs are declared
 * with. {@link io.penstock.job.typed.TypedObjects} opens them; {@link
 * io.penstock.job.typed.ValueTarget} is where formats put values, {@link
 * io.penstock.job.typed.ColumnTarget} what becomes of them there. A value that does not convert is
 * null, and its row one with a warning.
 */
package io.penstock.job.typed;
