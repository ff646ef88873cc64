/** The Imply Polaris Jobs v1 API: reading and stopping jobs. */
package io.penstock.control.dialect.polaris;
