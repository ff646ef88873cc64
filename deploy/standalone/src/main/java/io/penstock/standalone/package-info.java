/** Starts the control API's neighbours in one JVM, and the control API beside them. */
package io.penstock.standalone;
