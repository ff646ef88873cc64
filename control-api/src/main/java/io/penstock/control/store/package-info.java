/** State in PostgreSQL. The only user of JDBI and Flyway. */
package io.penstock.control.store;
