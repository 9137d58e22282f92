package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.fondaco.api.ApiClient.Reply;
import org.fondaco.api.chain.DemoFaucet;
import org.fondaco.api.custody.SoftToken;
import org.fondaco.api.security.KeyRequest;
import org.fondaco.api.security.Permission;
import org.fondaco.custody.address.AccountKey;
import org.fondaco.custody.address.Network;
import org.fondaco.custody.chain.ChainName;
import org.fondaco.custody.chain.EvmRpc;
import org.fondaco.custody.chain.NodeAddress;
import org.fondaco.custody.guard.Guard;
import org.fondaco.custody.key.KeyRef;
import org.fondaco.custody.key.Mnemonic;
import org.fondaco.custody.key.Tier;
import org.fondaco.custody.signer.Pkcs11Module;
import org.fondaco.custody.signer.Pkcs11Signer;
import org.fondaco.custody.vault.Argon2;
import org.fondaco.custody.vault.CustodyFolder;
import org.fondaco.custody.vault.Unlock;
import org.fondaco.custody.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A venue whose hot key and whose vault's key are in a module pays a withdrawal on a real chain.
 */
@Timeout(240)
class ModuleVenueTest {
  private static final KeyRef.Hsm HOT = new KeyRef.Hsm("paying-hot");
  private static final KeyRef.Hsm WRAP = new KeyRef.Hsm("paying-vault");
  private static final String PAYEE = "00000000000000000000000000000000000000aa";

  @TempDir static Path data;

  private static void vault(Path pin) throws Exception {
    Pkcs11Module module = Pkcs11Module.open(SoftToken.LIBRARY, 0, pin);
    module.generateKey(HOT);
    module.generateWrappingKey(WRAP);
    String hot = HexFormat.of().formatHex(new Pkcs11Signer(module, _ -> false).publicKey(HOT));
    CustodyFolder folder = CustodyFolder.below(data);
    byte[] entropy = Mnemonic.newEntropy();
    List<AccountKey> accounts =
        new ArrayList<>(
            Vault.accounts(entropy, Network.REGTEST, EnumSet.of(Tier.CUSTOMER, Tier.GAS)));
    for (ChainName chain : ChainName.values()) {
      int purpose = chain.hasOutputs() ? 84 : 44;
      if (chain != ChainName.BCH) {
        accounts.add(new AccountKey.Single(chain, Tier.HOT, HOT, purpose, hot));
      }
    }
    Guard.create(folder.guard());
    try (Unlock wrapping = module.wrappingKey(WRAP)) {
      Vault.create(folder.vault(), Network.REGTEST, accounts, entropy, wrapping, Argon2.STANDARD);
    }
  }

  @Test
  void theModuleSignsWhatLeaves() throws Exception {
    TestVenue.start(data).seed().close();
    Path pin = SoftToken.pin();
    vault(pin);
    try (TestVenue venue =
        TestVenue.startWithOwnCustody(
            data,
            "FONDACO_NODE",
            "on",
            "FONDACO_PKCS11_MODULE",
            SoftToken.LIBRARY.toString(),
            "FONDACO_PKCS11_PIN_FILE",
            pin.toString())) {
      String url =
          String.valueOf(venue.venue().chainNodes().orElseThrow().account().node().httpUrl());
      String hot =
          venue
              .venue()
              .custody()
              .orElseThrow()
              .custody()
              .addresses()
              .house(ChainName.ETH, Tier.HOT)
              .address();
      DemoFaucet.fund(url, hot, 5);
      price(venue);
      ApiClient bob =
          new ApiClient(
              venue.venue().address(),
              venue
                  .venue()
                  .keys()
                  .createHmac(
                      venue.userOf(TestVenue.BOB),
                      TestVenue.BOB,
                      KeyRequest.of(
                          "pay",
                          EnumSet.of(Permission.USER_DATA, Permission.WITHDRAW),
                          List.of("127.0.0.0/8", "::1"))));
      String apply = "coin=ETH&amount=0.25&address=0x" + PAYEE;
      EvmRpc node = new EvmRpc(NodeAddress.of(url, null));
      Reply[] asked = new Reply[1];
      // Until the scanner has met the chain, withdrawals are refused.
      await(() -> {
        asked[0] = bob.signed("POST", "/sapi/v1/capital/withdraw/apply", apply);
        return asked[0].status() == 200;
      });
      await(() -> node.balance(PAYEE, node.blockHash(node.tip()).orElseThrow()).signum() > 0);
      assertThat(node.nonce(hot.substring(2))).as("sent from the module's address").isEqualTo(1);
    }
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(50_000_000);
    }
  }

  /** Limits are valued by what was last traded. */
  private static void price(TestVenue venue) {
    String order = "symbol=ETHUSDT&type=LIMIT&timeInForce=GTC&quantity=1&price=1000&side=";
    assertThat(venue.client(TestVenue.BOB).signed("POST", "/api/v3/order", order + "SELL").status())
        .isEqualTo(200);
    assertThat(
            venue.client(TestVenue.ALICE).signed("POST", "/api/v3/order", order + "BUY").status())
        .isEqualTo(200);
  }
}
