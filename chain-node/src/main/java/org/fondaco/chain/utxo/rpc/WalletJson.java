package org.fondaco.chain.utxo.rpc;

import static org.fondaco.chain.utxo.rpc.CoreJson.coins;

import java.util.List;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.chain.BlockEntry;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.utxo.wallet.UtxoWallet;
import org.fondaco.chain.utxo.wallet.WalletViews;
import org.fondaco.chain.utxo.wire.Reversed;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Transactions of a wallet as Bitcoin Core renders them. */
final class WalletJson {
  private final UtxoWallet wallet;
  private final AddressFormat addresses;

  WalletJson(UtxoWallet wallet, AddressFormat addresses) {
    this.wallet = wallet;
    this.addresses = addresses;
  }

  static ObjectNode block(BlockEntry entry) {
    return CoreJson.object().put("hash", Reversed.text(entry.hash())).put("height", entry.height());
  }

  /** The fields that all lists of transactions share. */
  static void addHistory(ObjectNode json, WalletViews.History history) {
    Transaction transaction = history.transaction();
    json.put("confirmations", history.depth());
    if (transaction.isCoinbase()) {
      json.put("generated", true);
    }
    BlockEntry block = history.block();
    long time = history.timeSeconds();
    if (block != null) {
      json.put("blockhash", Reversed.text(block.hash()));
      json.put("blockheight", block.height());
      json.put("blockindex", history.position());
      json.put("blocktime", block.header().time());
    } else {
      json.put("trusted", history.trusted());
    }
    json.put("txid", Reversed.text(transaction.txid()));
    json.put("wtxid", Reversed.text(transaction.wtxid()));
    ArrayNode conflicts = json.putArray("walletconflicts");
    history.conflicts().forEach(each -> conflicts.add(Reversed.text(each)));
    json.putArray("mempoolconflicts");
    json.put("time", time);
    json.put("timereceived", time);
    boolean replaceable =
        block == null
            && transaction.inputs().stream().anyMatch(input -> input.sequence() < 0xffff_fffeL);
    json.put("bip125-replaceable", replaceable ? "yes" : "no");
  }

  static long outputs(Transaction transaction) {
    return transaction.outputs().stream().mapToLong(Output::value).sum();
  }

  /** Negative; 0 if the wallet spends nothing. */
  static long fee(WalletViews.History history) {
    return history.debit() > 0 ? outputs(history.transaction()) - history.debit() : 0;
  }

  /** What it sends, then what it receives. */
  void addDetails(WalletViews.History history, @Nullable String onlyLabel, List<ObjectNode> to) {
    if (history.debit() > 0) {
      for (WalletViews.Part part : history.parts()) {
        if (!part.change()) {
          addDetail(history, part, true, onlyLabel, to);
        }
      }
    }
    for (WalletViews.Part part : history.parts()) {
      if (part.mine() && !(history.debit() > 0 && part.change())) {
        addDetail(history, part, false, onlyLabel, to);
      }
    }
  }

  private void addDetail(
      WalletViews.History history,
      WalletViews.Part part,
      boolean sent,
      @Nullable String onlyLabel,
      List<ObjectNode> to) {
    String address = addresses.address(part.output().script());
    String label = address == null ? null : wallet.labels().get(address);
    label = label == null && part.mine() && !part.change() ? "" : label;
    if (onlyLabel != null && !onlyLabel.equals(label)) {
      return;
    }
    ObjectNode json = CoreJson.object();
    if (address != null) {
      json.put("address", address);
    }
    json.put("category", sent ? "send" : category(history));
    json.put("amount", coins(sent ? -part.output().value() : part.output().value()));
    if (label != null) {
      json.put("label", label);
    }
    json.put("vout", part.index());
    if (sent) {
      json.put("fee", coins(fee(history)));
    }
    json.put("abandoned", false);
    to.add(json);
  }

  private static String category(WalletViews.History history) {
    if (!history.transaction().isCoinbase()) {
      return "receive";
    }
    if (history.block() == null) {
      return "orphan";
    }
    return history.immature() ? "immature" : "generate";
  }
}
