package io.penstock.control.publish;

import io.penstock.spec.PublicAddresses;
import java.net.UnknownHostException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Looks where a request goes before each time it is sent: the JVM remembers the answer for the
 * connection that follows.
 */
final class PublicHosts implements ExecutionInterceptor {
  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes unused) {
    try {
      PublicAddresses.of(context.httpRequest().host());
    } catch (UnknownHostException e) {
      throw SdkClientException.create(e.getMessage(), e);
    }
  }
}
