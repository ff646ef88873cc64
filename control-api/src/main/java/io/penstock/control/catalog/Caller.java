package io.penstock.control.catalog;

import io.penstock.control.job.Principal;

/** Who holds an API key or a token, and what that allows. */
public record Caller(Organization organization, Principal principal, Permissions permissions) {}
