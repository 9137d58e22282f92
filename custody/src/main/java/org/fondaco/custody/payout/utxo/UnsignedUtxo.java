package org.fondaco.custody.payout.utxo;

import fr.acinq.bitcoin.ByteVector;
import fr.acinq.bitcoin.OutPoint;
import fr.acinq.bitcoin.Satoshi;
import fr.acinq.bitcoin.ScriptWitness;
import fr.acinq.bitcoin.Transaction;
import fr.acinq.bitcoin.TxId;
import fr.acinq.bitcoin.TxIn;
import fr.acinq.bitcoin.TxOut;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fondaco.custody.signer.Signer;

/**
 * A transaction without signatures, with all that signing it takes: it is stored as it is, so that
 * after a crash the same bytes are signed. Version 2, no lock time.
 *
 * @param forkId Bitcoin Cash's signature hash
 * @param replaceable signals BIP-125
 */
public record UnsignedUtxo(
    boolean forkId, boolean replaceable, List<OwnInput> inputs, List<Paid> outputs) {
  private static final int FORMAT = 1;
  private static final long VERSION = 2;
  private static final long SEQUENCE_REPLACEABLE = 0xffff_fffdL;
  private static final long SEQUENCE_FINAL = 0xffff_fffeL;

  public UnsignedUtxo {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException("a transaction has inputs and outputs");
    }
  }

  /** As stored and hashed for the guard. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeBoolean(forkId);
      out.writeBoolean(replaceable);
      out.writeInt(inputs.size());
      for (OwnInput input : inputs) {
        out.writeUTF(input.txid());
        out.writeInt(input.vout());
        out.writeLong(input.atoms());
        writeBytes(out, input.script());
        out.writeUTF(input.key());
      }
      out.writeInt(outputs.size());
      for (Paid output : outputs) {
        writeBytes(out, output.script());
        out.writeLong(output.atoms());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException when it did not
   */
  public static UnsignedUtxo decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != FORMAT) {
        throw new IllegalArgumentException("an unsigned transaction of another format");
      }
      boolean forkId = in.readBoolean();
      boolean replaceable = in.readBoolean();
      List<OwnInput> inputs = new ArrayList<>();
      for (int count = in.readInt(); count > 0; count--) {
        inputs.add(
            new OwnInput(in.readUTF(), in.readInt(), in.readLong(), readBytes(in), in.readUTF()));
      }
      List<Paid> outputs = new ArrayList<>();
      for (int count = in.readInt(); count > 0; count--) {
        outputs.add(new Paid(readBytes(in), in.readLong()));
      }
      return new UnsignedUtxo(forkId, replaceable, inputs, outputs);
    } catch (IOException e) {
      throw new IllegalArgumentException("an unsigned transaction that is cut", e);
    }
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readUnsignedShort());
  }

  /** As the chain's software writes it, with empty signatures. */
  public byte[] serialize() {
    return Transaction.write(transaction());
  }

  /** With what it spends, for a wallet that has the keys (BIP-174); empty when it cannot be. */
  public Optional<byte[]> partiallySigned() {
    return inputs.stream().allMatch(input -> input.kind().hasWitness())
        ? Optional.of(PartiallySigned.write(this))
        : Optional.empty();
  }

  Transaction transaction() {
    long sequence = replaceable ? SEQUENCE_REPLACEABLE : SEQUENCE_FINAL;
    List<TxIn> in = new ArrayList<>();
    for (OwnInput input : inputs) {
      in.add(
          new TxIn(
              new OutPoint(new TxId(input.txid()), input.vout()),
              ByteVector.empty,
              sequence,
              new ScriptWitness()));
    }
    List<TxOut> out = new ArrayList<>();
    for (Paid output : outputs) {
      out.add(new TxOut(new Satoshi(output.atoms()), output.script()));
    }
    return new Transaction(VERSION, in, out, 0);
  }

  List<TxOut> spent() {
    return inputs.stream()
        .map(input -> new TxOut(new Satoshi(input.atoms()), input.script()))
        .toList();
  }

  /** What is signed, one an input, and the signatures. */
  public UtxoSigning signing(Signer signer) {
    return new UtxoSigning(this, signer);
  }
}
