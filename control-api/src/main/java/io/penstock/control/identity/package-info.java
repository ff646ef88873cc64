/** Accounts, their passwords and tokens, and the roles that say what they may do. */
package io.penstock.control.identity;
