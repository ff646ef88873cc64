/** The Hydrolix Config API: batch jobs, and the tables and transforms they name. */
package io.penstock.control.dialect.hydrolix;
