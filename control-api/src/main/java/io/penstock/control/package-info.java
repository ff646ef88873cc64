/** The control API: composition root. */
package io.penstock.control;
