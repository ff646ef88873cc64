package io.penstock.control.catalog;

import io.penstock.control.job.Principal;

/** Who holds an API key. */
public record Caller(Organization organization, Principal principal) {}
