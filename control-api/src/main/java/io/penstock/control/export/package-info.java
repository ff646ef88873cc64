/**
 * Exports, when their runs fall due, and what becomes of these. Begin at {@link
 * io.penstock.control.export.Schedule}.
 */
package io.penstock.control.export;
