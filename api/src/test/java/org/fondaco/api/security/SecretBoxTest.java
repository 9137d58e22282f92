package org.fondaco.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBoxTest {
  @TempDir Path folder;

  @Test
  void opensWhatItSealedAfterARestart() throws IOException {
    Path file = folder.resolve("keys/master.key");
    byte[] secret = "a secret".getBytes(StandardCharsets.UTF_8);
    byte[] sealed = SecretBox.open(file).seal("owner", secret);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("a secret");
    assertThat(SecretBox.open(file).open("owner", sealed)).isEqualTo(secret);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void bindsASecretToItsOwnerAndKey() throws IOException {
    SecretBox box = SecretBox.open(folder.resolve("one"));
    byte[] sealed = box.seal("owner", new byte[] {1, 2, 3});
    assertThatThrownBy(() -> box.open("thief", sealed)).isInstanceOf(IllegalStateException.class);
    SecretBox other = SecretBox.open(folder.resolve("other"));
    assertThatThrownBy(() -> other.open("owner", sealed)).isInstanceOf(IllegalStateException.class);
    sealed[20] ^= 1;
    assertThatThrownBy(() -> box.open("owner", sealed)).isInstanceOf(IllegalStateException.class);
  }
}
