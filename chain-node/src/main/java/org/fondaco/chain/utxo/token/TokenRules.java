package org.fondaco.chain.utxo.token;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;

/** CHIP-2022-02: tokens come from a genesis or from inputs, and never out of thin air. */
public final class TokenRules {
  private static final int COMMITMENT_BYTES_MAX = 40;

  /** An NFT that can only be passed on as it is. */
  private record Immutable(Hash category, ByteBuffer commitment) {}

  private final Set<Hash> genesis = new HashSet<>();
  private final Set<Hash> minting = new HashSet<>();
  private final Map<Hash, Long> amounts = new HashMap<>();
  private final Map<Hash, Long> created = new HashMap<>();
  private final Map<Hash, Integer> mutable = new HashMap<>();
  private final Map<Immutable, Integer> immutable = new HashMap<>();

  private TokenRules() {}

  /**
   * Whether a transaction may do with tokens what it does.
   *
   * @param spent one output for each input
   * @return null, or the word of Bitcoin Cash Node for what is wrong
   */
  public static @Nullable String check(Transaction transaction, List<Output> spent) {
    TokenRules rules = new TokenRules();
    String wrong = null;
    if (transaction.isCoinbase()) {
      return checkCoinbase(transaction);
    }
    for (int i = 0; wrong == null && i < spent.size(); i++) {
      wrong = rules.take(transaction.inputs().get(i), TokenScript.of(spent.get(i).script()));
    }
    for (int i = 0; wrong == null && i < transaction.outputs().size(); i++) {
      wrong = rules.give(TokenScript.of(transaction.outputs().get(i).script()));
    }
    return wrong;
  }

  private static @Nullable String checkCoinbase(Transaction transaction) {
    for (Output output : transaction.outputs()) {
      TokenScript script = TokenScript.of(output.script());
      if (script.malformed()) {
        return "bad-txns-vout-tokenprefix";
      }
      if (script.token() != null) {
        return "bad-txns-coinbase-has-tokens";
      }
    }
    return null;
  }

  private @Nullable String take(Input input, TokenScript script) {
    if (script.malformed()) {
      return "bad-txns-vin-tokenprefix";
    }
    if (input.outPoint().index() == 0) {
      genesis.add(input.outPoint().txid());
    }
    Token token = script.token();
    if (token == null) {
      return null;
    }
    String wrong = checkCommitment(token);
    if (wrong != null) {
      return wrong;
    }
    Hash category = token.category();
    if (!add(amounts, category, token.amount())) {
      return "bad-txns-token-amount-overflow";
    }
    if (token.nft() != null) {
      switch (token.nft().capability()) {
        case NONE -> immutable.merge(key(category, token.nft()), 1, Integer::sum);
        case MUTABLE -> mutable.merge(category, 1, Integer::sum);
        case MINTING -> minting.add(category);
      }
    }
    return null;
  }

  private @Nullable String give(TokenScript script) {
    if (script.malformed()) {
      return "bad-txns-vout-tokenprefix";
    }
    Token token = script.token();
    if (token == null) {
      return null;
    }
    String wrong = checkCommitment(token);
    if (wrong != null) {
      return wrong;
    }
    Hash category = token.category();
    if (genesis.contains(category)) {
      return add(created, category, token.amount()) ? null : "bad-txns-token-amount-overflow";
    }
    Long left = amounts.get(category);
    if (left == null) {
      return "bad-txns-token-invalid-category";
    }
    if (token.amount() > left) {
      return "bad-txns-token-in-belowout";
    }
    amounts.put(category, left - token.amount());
    boolean backed = token.nft() == null || isBacked(category, token.nft());
    return backed ? null : "bad-txns-token-nft-ex-nihilo";
  }

  /** Uses up the least that can become this NFT. */
  private boolean isBacked(Hash category, Token.Nft nft) {
    return switch (nft.capability()) {
      case NONE ->
          use(immutable, key(category, nft))
              || use(mutable, category)
              || minting.contains(category);
      case MUTABLE -> use(mutable, category) || minting.contains(category);
      case MINTING -> minting.contains(category);
    };
  }

  private static <K> boolean use(Map<K, Integer> counts, K key) {
    int count = counts.getOrDefault(key, 0);
    if (count > 0) {
      counts.put(key, count - 1);
    }
    return count > 0;
  }

  private static @Nullable String checkCommitment(Token token) {
    boolean fits = token.nft() == null || token.nft().commitment().length <= COMMITMENT_BYTES_MAX;
    return fits ? null : "bad-txns-token-commitment-oversized";
  }

  private static Immutable key(Hash category, Token.Nft nft) {
    return new Immutable(category, ByteBuffer.wrap(nft.commitment()));
  }

  /** False if the sum is above what 63 bits hold. */
  private static boolean add(Map<Hash, Long> sums, Hash category, long amount) {
    long sum = sums.getOrDefault(category, 0L) + amount;
    sums.put(category, sum);
    return sum >= 0;
  }
}
