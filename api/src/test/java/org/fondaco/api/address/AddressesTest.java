package org.fondaco.api.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.fondaco.api.address.ClientAddress.ProxyHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

  @Test
  void containsWhatBeginsWithTheSameBits() {
    Addresses list = Addresses.parse("192.0.2.7, 10.32.0.0/11,2001:db8:8000::/33");
    assertThat(list.contains("192.0.2.7")).isTrue();
    assertThat(list.contains("192.0.2.8")).isFalse();
    assertThat(list.contains("10.63.255.255")).isTrue();
    assertThat(list.contains("10.64.0.0")).isFalse();
    assertThat(list.contains("10.31.255.255")).isFalse();
    assertThat(list.contains("2001:db8:ffff::1")).isTrue();
    assertThat(list.contains("2001:db8:7fff::1")).isFalse();
    assertThat(list.texts())
        .containsExactly("192.0.2.7", "10.32.0.0/11", "2001:db8:8000:0:0:0:0:0/33");
    assertThat(Addresses.of(list.texts()).texts()).isEqualTo(list.texts());
  }

  @Test
  void readsTheFormsThatSocketsAnswer() {
    Addresses list = Addresses.parse("127.0.0.1,fe80::1,0.0.0.0/0");
    assertThat(list.contains("::ffff:127.0.0.1")).isTrue();
    assertThat(list.contains("fe80::1%eth0")).isTrue();
    assertThat(list.contains("203.0.113.9")).isTrue();
    assertThat(list.contains("fe80::2")).isFalse();
    assertThat(list.contains("localhost")).isFalse();
    assertThat(list.contains("")).isFalse();
    assertThat(Addresses.NONE.contains("127.0.0.1")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "10.1",
        "167772161",
        "256.0.0.1",
        "1.2.3.4.5",
        "1.2.3.4/33",
        "1.2.3.4/-1",
        "1.2.3.4/",
        "10.0.0.1/8",
        "::1/129",
        "2001:db8::1/32",
        ":::",
        "1.2.3.4,",
        "fe80::1%eth0"
      })
  void refusesWhatIsNoPrefix(String text) {
    assertThatThrownBy(() -> Addresses.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void believesTrustedProxiesOnly() {
    ClientAddress clients =
        new ClientAddress(Addresses.parse("127.0.0.1,10.0.0.0/8"), ProxyHeader.X_FORWARDED_FOR);
    assertThat(clients.of("203.0.113.9", List.of("198.51.100.1"))).isEqualTo("203.0.113.9");
    assertThat(clients.of("127.0.0.1", List.of())).isEqualTo("127.0.0.1");
    assertThat(clients.of("127.0.0.1", List.of("198.51.100.1"))).isEqualTo("198.51.100.1");
    // What the client itself wrote in front of what the proxy appended is not believed.
    assertThat(clients.of("127.0.0.1", List.of("1.1.1.1, 198.51.100.1"))).isEqualTo("198.51.100.1");
    assertThat(clients.of("127.0.0.1", List.of("1.1.1.1", "198.51.100.1, 10.0.0.5")))
        .isEqualTo("198.51.100.1");
    assertThat(clients.of("127.0.0.1", List.of("10.0.0.6, 10.0.0.5"))).isEqualTo("10.0.0.6");
    assertThat(clients.of("127.0.0.1", List.of("1.1.1.1, rubbish, 10.0.0.5")))
        .isEqualTo("10.0.0.5");
    assertThat(clients.of("127.0.0.1", List.of("198.51.100.1:4711"))).isEqualTo("198.51.100.1");
    assertThat(clients.of("127.0.0.1", List.of("[2001:db8::1]:80")))
        .isEqualTo("2001:db8:0:0:0:0:0:1");
    assertThat(clients.of("127.0.0.1", List.of(""))).isEqualTo("127.0.0.1");
  }

  @Test
  void readsTheStandardHeader() {
    ClientAddress clients = new ClientAddress(Addresses.parse("127.0.0.1"), ProxyHeader.FORWARDED);
    assertThat(clients.headerName()).isEqualTo("Forwarded");
    assertThat(clients.of("127.0.0.1", List.of("for=192.0.2.43;proto=http;by=203.0.113.43")))
        .isEqualTo("192.0.2.43");
    assertThat(clients.of("127.0.0.1", List.of("proto=http; For=\"[2001:db8::17]:4711\"")))
        .isEqualTo("2001:db8:0:0:0:0:0:17");
    assertThat(clients.of("127.0.0.1", List.of("for=_hidden"))).isEqualTo("127.0.0.1");
    assertThat(clients.of("127.0.0.1", List.of("for=\""))).isEqualTo("127.0.0.1");
    assertThat(clients.of("127.0.0.1", List.of("for=192.0.2.43, for=198.51.100.17")))
        .isEqualTo("198.51.100.17");
  }
}
