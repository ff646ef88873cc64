/**
 * The PostHog API of a project's batch exports. Begin at {@link
 * io.penstock.control.dialect.posthog.PosthogDialect}.
 */
package io.penstock.control.dialect.posthog;
