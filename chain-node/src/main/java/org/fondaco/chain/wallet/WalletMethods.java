package org.fondaco.chain.wallet;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.fondaco.chain.account.AccountException;
import org.fondaco.chain.account.Accounts;
import org.fondaco.chain.blockchain.Blockchain;
import org.fondaco.chain.pool.TransactionPool;
import org.fondaco.chain.rlp.RlpWriter;
import org.fondaco.chain.rpc.Methods;
import org.fondaco.chain.rpc.Parameters;
import org.fondaco.chain.rpc.RpcException;
import org.fondaco.chain.rpc.RpcMethod;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.typed.SignedText;
import org.fondaco.chain.typed.TypedData;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.Hex;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code eth_accounts}, {@code eth_sendTransaction}, {@code eth_sign…} and {@code personal_*}, in
 * geth's shapes and words. Safe for any thread.
 */
public final class WalletMethods {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How long {@code personal_unlockAccount} unlocks unless told: geth's. */
  private static final Duration UNLOCK_TIME = Duration.ofSeconds(300);

  private static final long UNLOCK_SECONDS_MAX = Long.MAX_VALUE / 1_000_000_000;

  private final Accounts accounts;
  private final TransactionPool pool;
  private final Sender sender;
  private final Function<Transaction, ? extends JsonNode> shape;
  private final TransactionFiller filler;

  /** Held from choosing a nonce until the pool knows it, or two requests would choose the same. */
  private final ReentrantLock nonces = new ReentrantLock();

  /** The way of a signed transaction into the pool; its hash comes back. */
  @FunctionalInterface
  public interface Sender {
    Hash send(Transaction transaction) throws RpcException;
  }

  /** What makes a transaction a signed one. */
  @FunctionalInterface
  private interface Signer {
    Transaction sign(Transaction unsigned) throws AccountException;
  }

  private WalletMethods(
      Accounts accounts,
      Blockchain chain,
      TransactionPool pool,
      Sender sender,
      Methods methods,
      Function<Transaction, ? extends JsonNode> shape) {
    this.accounts = accounts;
    this.pool = pool;
    this.sender = sender;
    this.shape = shape;
    this.filler = new TransactionFiller(chain, methods);
  }

  /**
   * Adds the methods.
   *
   * @param methods also asked for advice on gas and fees, when a transaction is sent
   * @param sender takes what is signed
   * @param shape of a transaction that is in no block, in JSON
   * @param unlockable asked each time; false to refuse {@code personal_unlockAccount}, because
   *     strangers can reach the node and would use what is unlocked
   */
  public static void register(
      Methods methods,
      Accounts accounts,
      Blockchain chain,
      TransactionPool pool,
      Sender sender,
      Function<Transaction, ? extends JsonNode> shape,
      BooleanSupplier unlockable) {
    WalletMethods wallet = new WalletMethods(accounts, chain, pool, sender, methods, shape);
    wallet.registerSigning(methods);
    wallet.registerPersonal(methods, unlockable);
  }

  private void registerSigning(Methods methods) {
    methods.add("eth_accounts", (parameters, caller) -> list());
    methods.add(
        "eth_sendTransaction",
        (parameters, caller) -> {
          SendRequest request = SendRequest.read(parameters, 0);
          requireKnown(request.from());
          return send(request, caller, unsigned -> accounts.sign(unsigned, request.from()));
        });
    methods.add(
        "eth_signTransaction",
        (parameters, caller) -> {
          SendRequest request = SendRequest.read(parameters, 0);
          return signed(request, unsigned -> accounts.sign(unsigned, request.from()));
        });
    methods.add("eth_fillTransaction", this::fill);
    methods.add(
        "eth_sign",
        (parameters, caller) -> {
          Address address = parameters.address(0);
          byte[] hash = SignedText.hash(parameters.data(1));
          return text(attempt(() -> accounts.signHash(hash, address)));
        });
    methods.add("eth_signTypedData", this::signTypedData);
    methods.add("eth_signTypedData_v4", this::signTypedData);
  }

  private void registerPersonal(Methods methods, BooleanSupplier unlockable) {
    methods.add("personal_listAccounts", (parameters, caller) -> list());
    methods.add("personal_listWallets", (parameters, caller) -> wallets());
    methods.add(
        "personal_newAccount",
        (parameters, caller) ->
            text(withPassword(parameters, 0, password -> accounts.create(password))));
    methods.add("personal_importRawKey", this::importRawKey);
    methods.add(
        "personal_unlockAccount",
        (parameters, caller) -> {
          if (!unlockable.getAsBoolean()) {
            throw RpcException.server("account unlock with HTTP access is forbidden");
          }
          return unlock(parameters);
        });
    methods.add(
        "personal_lockAccount",
        (parameters, caller) -> {
          accounts.lock(parameters.address(0));
          return JSON.getNodeFactory().booleanNode(true);
        });
    methods.add(
        "personal_sendTransaction",
        (parameters, caller) -> {
          SendRequest request = SendRequest.read(parameters, 0);
          requireKnown(request.from());
          return withPassword(
              parameters,
              1,
              password ->
                  send(
                      request,
                      caller,
                      unsigned -> accounts.sign(unsigned, request.from(), password)));
        });
    methods.add(
        "personal_signTransaction",
        (parameters, caller) -> {
          SendRequest request = SendRequest.read(parameters, 0);
          return withPassword(
              parameters,
              1,
              password ->
                  signed(request, unsigned -> accounts.sign(unsigned, request.from(), password)));
        });
    methods.add(
        "personal_sign",
        (parameters, caller) -> {
          byte[] hash = SignedText.hash(parameters.data(0));
          Address address = parameters.address(1);
          return text(
              withPassword(parameters, 2, password -> accounts.signHash(hash, address, password)));
        });
    methods.add("personal_ecRecover", (parameters, caller) -> recover(parameters));
  }

  private ArrayNode list() {
    ArrayNode list = JSON.createArrayNode();
    accounts.list().forEach(address -> list.add(address.toString()));
    return list;
  }

  private ArrayNode wallets() {
    ArrayNode wallets = JSON.createArrayNode();
    for (Address address : accounts.list()) {
      String url = "keystore://" + accounts.file(address);
      ObjectNode wallet = wallets.addObject();
      wallet.put("url", url).put("status", accounts.isUnlocked(address) ? "Unlocked" : "Locked");
      wallet.putArray("accounts").addObject().put("address", address.toString()).put("url", url);
    }
    return wallets;
  }

  private JsonNode importRawKey(Parameters parameters, RpcMethod.Caller caller)
      throws RpcException {
    byte[] key;
    try {
      key = Hex.decode(parameters.text(0));
    } catch (IllegalArgumentException e) {
      throw RpcException.server("invalid hex data for private key");
    }
    if (key.length != 32) {
      throw RpcException.server("invalid length, need 256 bits");
    }
    try {
      return text(withPassword(parameters, 1, password -> accounts.importKey(key, password)));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private JsonNode unlock(Parameters parameters) throws RpcException {
    Address address = parameters.address(0);
    JsonNode seconds = parameters.optional(2);
    Duration time = UNLOCK_TIME;
    if (seconds != null) {
      if (!seconds.isIntegralNumber() || !seconds.canConvertToLong() || seconds.asLong() < 0) {
        throw RpcException.invalidParams("invalid argument 2: not a number of seconds");
      }
      if (seconds.asLong() > UNLOCK_SECONDS_MAX) {
        throw RpcException.server("unlock duration too large");
      }
      time = Duration.ofSeconds(seconds.asLong());
    }
    Duration chosen = time;
    return withPassword(
        parameters,
        1,
        password -> {
          accounts.unlock(address, password, chosen);
          return JSON.getNodeFactory().booleanNode(true);
        });
  }

  private JsonNode fill(Parameters parameters, RpcMethod.Caller caller) throws RpcException {
    SendRequest request = filler.filled(SendRequest.read(parameters, 0), caller);
    if (request.nonce() == null) {
      request = request.withNonce(pool.nonce(request.from()));
    }
    Transaction unsigned = filler.unsigned(request);
    ObjectNode answer = JSON.createObjectNode();
    answer.put(
        "raw",
        Hex.encode(
            unsigned.type() == Transaction.LEGACY ? legacyUnsigned(unsigned) : unsigned.encode()));
    answer.set("tx", shape.apply(unsigned));
    return answer;
  }

  /** A legacy transaction whose v, r and s are zero: an encoding that only this answer has. */
  private static byte[] legacyUnsigned(Transaction transaction) {
    RlpWriter writer = new RlpWriter();
    int start = writer.beginList();
    writer
        .number(transaction.nonce())
        .word(transaction.maxFee())
        .number(transaction.gasLimit())
        .bytes(transaction.to() == null ? new byte[0] : transaction.to().toBytes())
        .word(transaction.value())
        .bytes(transaction.data())
        .number(0)
        .number(0)
        .number(0);
    return writer.endList(start).toBytes();
  }

  private JsonNode signTypedData(Parameters parameters, RpcMethod.Caller caller)
      throws RpcException {
    Address address = parameters.address(0);
    JsonNode json = parameters.required(1);
    byte[] digest;
    try {
      digest = TypedData.read(json.isString() ? JSON.readTree(json.stringValue()) : json).digest();
    } catch (IllegalArgumentException | JacksonException e) {
      throw RpcException.invalidParams("invalid argument 1: " + e.getMessage());
    }
    return text(attempt(() -> accounts.signHash(digest, address)));
  }

  private static JsonNode recover(Parameters parameters) throws RpcException {
    try {
      Address signer = SignedText.signer(parameters.data(0), parameters.data(1));
      if (signer == null) {
        throw RpcException.server("invalid signature");
      }
      return text(signer);
    } catch (IllegalArgumentException e) {
      throw RpcException.server(String.valueOf(e.getMessage()));
    }
  }

  /** Fills in, signs, and gives to the pool; the transaction's hash. */
  private JsonNode send(SendRequest request, RpcMethod.Caller caller, Signer signer)
      throws RpcException {
    SendRequest filled = filler.filled(request, caller);
    nonces.lock();
    try {
      SendRequest numbered =
          filled.nonce() != null ? filled : filled.withNonce(pool.nonce(filled.from()));
      Transaction unsigned = filler.unsigned(numbered);
      Transaction transaction = attempt(() -> signer.sign(unsigned));
      return text(sender.send(transaction));
    } finally {
      nonces.unlock();
    }
  }

  private JsonNode signed(SendRequest request, Signer signer) throws RpcException {
    requireKnown(request.from());
    Transaction unsigned = filler.unsigned(request);
    Transaction transaction = attempt(() -> signer.sign(unsigned));
    ObjectNode answer = JSON.createObjectNode();
    answer.put("raw", Hex.encode(transaction.encode()));
    answer.set("tx", shape.apply(transaction));
    return answer;
  }

  private void requireKnown(Address address) throws RpcException {
    if (accounts.file(address) == null) {
      throw RpcException.server("unknown account");
    }
  }

  @FunctionalInterface
  private interface Attempt<T> {
    T run() throws AccountException, RpcException;
  }

  @FunctionalInterface
  private interface PasswordUse<T> {
    T run(char[] password) throws AccountException, RpcException;
  }

  private static <T> T withPassword(Parameters parameters, int index, PasswordUse<T> use)
      throws RpcException {
    char[] password = parameters.text(index).toCharArray();
    try {
      return attempt(() -> use.run(password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static <T> T attempt(Attempt<T> attempt) throws RpcException {
    try {
      return attempt.run();
    } catch (AccountException e) {
      throw RpcException.server(String.valueOf(e.getMessage()));
    }
  }

  private static JsonNode text(Object value) {
    return JSON.getNodeFactory()
        .stringNode(value instanceof byte[] bytes ? Hex.encode(bytes) : value.toString());
  }
}
