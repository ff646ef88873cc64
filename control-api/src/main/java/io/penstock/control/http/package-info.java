/** The HTTP server, authentication, and what all dialects share of it. */
package io.penstock.control.http;
