package org.fondaco.custody.guard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.custody.key.Digest;

/**
 * An entry as bytes: number of parts, each part as {@link DataOutputStream#writeUTF} has it, 32
 * bytes of payees, int attempt, 32 bytes of the unsigned transaction, number of digests, 32 bytes
 * each. Numbers are big-endian ints.
 */
final class GuardEntryCodec {
  private GuardEntryCodec() {}

  static byte[] encode(GuardEntry entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(entry.anchor().parts().size());
      for (String part : entry.anchor().parts()) {
        out.writeUTF(part);
      }
      out.write(entry.payees().toBytes());
      out.writeInt(entry.attempt());
      out.write(entry.unsigned().toBytes());
      out.writeInt(entry.digests().size());
      for (Digest digest : entry.digests()) {
        out.write(digest.toBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads an entry.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  static GuardEntry decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      List<String> parts = new ArrayList<>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        parts.add(in.readUTF());
      }
      Digest payees = digest(in);
      int attempt = in.readInt();
      Digest unsigned = digest(in);
      List<Digest> digests = new ArrayList<>();
      int signed = in.readInt();
      for (int i = 0; i < signed; i++) {
        digests.add(digest(in));
      }
      if (in.available() != 0) {
        throw new IllegalArgumentException("an entry ends before its record does");
      }
      return new GuardEntry(new Anchor(parts), payees, attempt, unsigned, digests);
    } catch (IOException e) {
      throw new IllegalArgumentException("an entry ends after its record does", e);
    }
  }

  private static Digest digest(DataInputStream in) throws IOException {
    return Digest.of(in.readNBytes(Digest.BYTES));
  }
}
