package io.penstock.job.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spec.PublicAddresses;
import io.penstock.spec.S3Access;
import io.penstock.spec.S3Credentials;
import io.penstock.spec.SecretBox;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a name leads to is looked at when it is connected to. */
final class PublicHostsTest {
  @AfterEach
  void forget() {
    System.clearProperty(S3ObjectStores.KEY_PROPERTY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.9",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.0.0.1"
      })
  void addressesOfTheOperatorsOwnNetworksAreNotConnectedTo(String address) throws Exception {
    assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isFalse();
    assertThatThrownBy(() -> PublicHosts.INSTANCE.resolve(address))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("is not allowed");
  }

  @Test
  void addressesOnTheInternetAre() throws Exception {
    assertThat(PublicHosts.INSTANCE.resolve("203.0.114.7")).hasSize(1);
    assertThat(PublicHosts.INSTANCE.resolve("2600::1")).hasSize(1);
  }

  @Test
  void aStoreOfPublicAddressesOnlyOpensNoConnectionToAnother() throws Exception {
    String key = SecretBox.newKey();
    System.setProperty(S3ObjectStores.KEY_PROPERTY, key);
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      S3Access access =
          new S3Access(
              Optional.of("http://localhost:" + listener.getLocalPort()),
              "us-east-1",
              true,
              Optional.of(SecretBox.of(key).seal(new S3Credentials("k", "s", Optional.empty()))),
              true);
      try (ObjectStore store = new S3ObjectStores().open(access, 2)) {
        assertThatThrownBy(() -> store.put("b", "k", new byte[] {1}))
            .isInstanceOf(ObjectStoreException.class);
      }
      listener.setSoTimeout(1);
      assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }
}
