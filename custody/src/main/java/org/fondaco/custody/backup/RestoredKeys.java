package org.fondaco.custody.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fondaco.custody.address.AccountKey;
import org.fondaco.custody.address.Derivation;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.PrivateFile;

/**
 * Which addresses to watch after a restore. It waits in a file until custody starts, puts them into
 * the table and says {@link #done}; before the chains have been scanned again nothing may be
 * signed, because the guard file may be as old as the backup.
 *
 * @param since heights from which chains are scanned that the database has never seen; those that
 *     are not named are scanned from their first block
 */
public record RestoredKeys(List<Range> ranges, Map<ChainName, Long> since) {
  private static final String TITLE = "fondaco-restored 1";

  /**
   * Addresses of a tier.
   *
   * @param lastIndex the last to watch, from 0 on
   * @param owners account by index; who is not in it is not known, and what is found there waits
   *     for two people
   */
  public record Range(ChainName family, Tier tier, int lastIndex, Map<Integer, Long> owners) {
    public Range {
      owners = Map.copyOf(owners);
    }
  }

  public RestoredKeys {
    ranges = List.copyOf(ranges);
    since = Map.copyOf(since);
  }

  /**
   * Every tier that the vault derives.
   *
   * @param gap how many addresses to watch beyond the last that the map knows
   */
  static RestoredKeys of(Derivation derivation, OwnerMap map, int gap, Map<ChainName, Long> since) {
    List<Range> ranges = new ArrayList<>();
    for (AccountKey account : derivation.accounts()) {
      long next =
          map.counters().stream()
              .filter(counter ->
                  counter.family() == account.chain() && counter.tier() == account.tier())
              .mapToLong(OwnerMap.Counter::next)
              .findAny()
              .orElse(0);
      Map<Integer, Long> owners = new HashMap<>();
      if (account.tier() == Tier.CUSTOMER) {
        map.owners().stream()
            .filter(owner -> owner.family() == account.chain())
            .forEach(owner -> owners.put(owner.index(), owner.account()));
      }
      int last = account instanceof AccountKey.Single ? 0 : Math.toIntExact(next + gap - 1);
      ranges.add(new Range(account.chain(), account.tier(), last, owners));
    }
    return new RestoredKeys(ranges, since);
  }

  void write(CustodyFolder folder) throws IOException {
    StringBuilder text = new StringBuilder(TITLE + "\n");
    since.forEach((chain, height) ->
        text.append("since ").append(chain).append(' ').append(height).append('\n'));
    for (Range range : ranges) {
      String words = range.family() + " " + range.tier() + " ";
      text.append("range ").append(words).append(range.lastIndex()).append('\n');
      range
          .owners()
          .forEach((index, account) ->
              text.append("owner ").append(index).append(' ').append(account).append('\n'));
    }
    PrivateFile.replace(folder.restored(), text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What a restore has left to do; empty where there was none.
   *
   * @throws IllegalArgumentException if the file is not well formed
   */
  public static Optional<RestoredKeys> read(CustodyFolder folder) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(folder.restored());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    if (lines.isEmpty() || !lines.getFirst().equals(TITLE)) {
      throw new IllegalArgumentException(folder.restored() + " is not " + TITLE);
    }
    List<Range> ranges = new ArrayList<>();
    Map<ChainName, Long> since = new EnumMap<>(ChainName.class);
    Map<Integer, Long> owners = new HashMap<>();
    for (String line : lines.reversed().subList(0, lines.size() - 1)) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "since" -> since.put(ChainName.valueOf(words[1]), Long.parseLong(words[2]));
        case "owner" -> owners.put(Integer.parseInt(words[1]), Long.parseLong(words[2]));
        case "range" -> {
          ranges.addFirst(
              new Range(
                  ChainName.valueOf(words[1]),
                  Tier.valueOf(words[2]),
                  Integer.parseInt(words[3]),
                  owners));
          owners.clear();
        }
        default -> throw new IllegalArgumentException("not a line of " + TITLE + ": " + line);
      }
    }
    return Optional.of(new RestoredKeys(ranges, since));
  }

  /** The addresses are in the table: the file becomes {@code restored.done}. */
  public static void done(CustodyFolder folder) throws IOException {
    Path file = folder.restored();
    Files.move(file, file.resolveSibling("restored.done"), StandardCopyOption.REPLACE_EXISTING);
  }
}
