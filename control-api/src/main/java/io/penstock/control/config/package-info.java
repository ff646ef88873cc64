/** Settings: each declared once, read from the environment, a file and system properties. */
package io.penstock.control.config;
