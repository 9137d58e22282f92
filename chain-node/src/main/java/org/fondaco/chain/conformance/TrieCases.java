package org.fondaco.chain.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.fondaco.chain.conformance.BasicSuite.Cases;
import org.fondaco.chain.trie.MemoryNodeStore;
import org.fondaco.chain.trie.Trie;
import org.fondaco.chain.trie.TrieProof;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code TrieTests}: roots, in the given order and in others, with a proof of every key. */
final class TrieCases {
  private record Change(byte[] key, byte[] value) {}

  private TrieCases() {}

  static void read(String file, JsonNode json, Cases cases) {
    boolean secure = file.contains("ecure");
    boolean anyOrder = !file.startsWith("trietest");
    json.properties()
        .forEach(entry -> {
          JsonNode test = entry.getValue();
          if (file.equals("trietestnextprev")) {
            test.path("tests")
                .forEach(each ->
                    cases.check(
                        BasicSuites.ANY,
                        entry.getKey() + "/" + each.path(0).asString(),
                        () -> neighbours(test.path("in"), each)));
            return;
          }
          cases.check(
              BasicSuites.ANY,
              entry.getKey(),
              () -> {
                List<Change> changes = changes(test.path("in"));
                Hash root = Hash.parse(test.path("root").asString());
                String wrong = root(changes, root, secure);
                return wrong == null && anyOrder ? root(changes.reversed(), root, secure) : wrong;
              });
        });
  }

  private static @Nullable String root(List<Change> changes, Hash expected, boolean secure) {
    MemoryNodeStore store = new MemoryNodeStore();
    Trie trie = trie(store, Trie.EMPTY_ROOT, secure);
    Map<String, byte[]> content = new LinkedHashMap<>();
    for (Change change : changes) {
      trie.put(change.key, change.value);
      content.put(Hex.encode(change.key), change.value);
    }
    if (!trie.root().equals(expected)) {
      return "root " + trie.root();
    }
    Trie again = trie(store, trie.commit(), secure);
    for (Map.Entry<String, byte[]> pair : content.entrySet()) {
      byte[] key = Hex.decode(pair.getKey());
      byte[] value = pair.getValue().length == 0 ? null : pair.getValue();
      byte[] proven = TrieProof.verify(expected, key, again.prove(key), secure);
      if (!Arrays.equals(again.get(key), value) || !Arrays.equals(proven, value)) {
        return "the value of " + pair.getKey();
      }
    }
    return null;
  }

  private static Trie trie(MemoryNodeStore store, Hash root, boolean secure) {
    return secure ? Trie.secure(store, root) : Trie.plain(store, root);
  }

  private static List<Change> changes(JsonNode in) {
    List<Change> changes = new ArrayList<>();
    if (in.isArray()) {
      in.forEach(each -> changes.add(new Change(bytes(each.path(0)), bytes(each.path(1)))));
    } else {
      in.properties()
          .forEach(each -> changes.add(new Change(text(each.getKey()), bytes(each.getValue()))));
    }
    return changes;
  }

  private static @Nullable String neighbours(JsonNode in, JsonNode test) {
    Trie trie = Trie.plain(new MemoryNodeStore(), Trie.EMPTY_ROOT);
    in.forEach(key -> trie.put(bytes(key), bytes(key)));
    byte[] key = bytes(test.path(0));
    boolean same =
        Arrays.equals(orEmpty(trie.below(key)), bytes(test.path(1)))
            && Arrays.equals(orEmpty(trie.above(key)), bytes(test.path(2)));
    return same ? null : "another neighbour";
  }

  private static byte[] orEmpty(byte @Nullable [] bytes) {
    return bytes == null ? new byte[0] : bytes;
  }

  private static byte[] bytes(JsonNode value) {
    return value.isNull() ? new byte[0] : text(value.asString());
  }

  private static byte[] text(String value) {
    return value.startsWith("0x") ? Hex.decode(value) : value.getBytes(StandardCharsets.UTF_8);
  }
}
