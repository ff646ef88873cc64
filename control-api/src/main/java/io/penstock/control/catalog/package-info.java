/** What an organization owns: projects, tables, transforms, connections, API keys. */
package io.penstock.control.catalog;
