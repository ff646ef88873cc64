/** Brings what is recorded of jobs and what Flink does together: observe, record, act. */
package io.penstock.control.reconcile;
