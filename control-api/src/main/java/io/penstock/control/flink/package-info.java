/** Talks to Flink's REST API. */
package io.penstock.control.flink;
