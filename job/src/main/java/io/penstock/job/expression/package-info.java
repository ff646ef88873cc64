/**
 * Computes expressions for whole batches: a tree of nodes, each with a column of its own that is
 * used again for every batch. A value costs no object unless a function has to look at text as
 * characters. Knows nothing of SQL. Begin at {@link io.penstock.job.expression.Program}.
 */
package io.penstock.job.expression;
