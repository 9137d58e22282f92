package org.fondaco.custody.backup;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Tier;

/** How many addresses were issued, and to whom: the seed finds coins, only this finds owners. */
public record OwnerMap(List<Counter> counters, List<Owner> owners) {
  public static final OwnerMap EMPTY = new OwnerMap(List.of(), List.of());

  /**
   * How far a tier has come.
   *
   * @param next index that was not used yet
   */
  public record Counter(ChainName family, Tier tier, long next) {}

  /**
   * Whose an address is.
   *
   * @param index within the customers' tier
   * @param account of the engine
   */
  public record Owner(ChainName family, int index, long account) {}

  public OwnerMap {
    counters = List.copyOf(counters);
    owners = List.copyOf(owners);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(counters.size());
    for (Counter counter : counters) {
      out.writeUTF(counter.family().name());
      out.writeUTF(counter.tier().name());
      out.writeLong(counter.next());
    }
    out.writeInt(owners.size());
    for (Owner owner : owners) {
      out.writeUTF(owner.family().name());
      out.writeInt(owner.index());
      out.writeLong(owner.account());
    }
  }

  static OwnerMap read(DataInputStream in) throws IOException {
    List<Counter> counters = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      counters.add(
          new Counter(ChainName.valueOf(in.readUTF()), Tier.valueOf(in.readUTF()), in.readLong()));
    }
    List<Owner> owners = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      owners.add(new Owner(ChainName.valueOf(in.readUTF()), in.readInt(), in.readLong()));
    }
    return new OwnerMap(counters, owners);
  }
}
