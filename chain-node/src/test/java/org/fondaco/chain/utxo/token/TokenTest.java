package org.fondaco.chain.utxo.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.utxo.transaction.Input;
import org.fondaco.chain.utxo.transaction.OutPoint;
import org.fondaco.chain.utxo.transaction.Output;
import org.fondaco.chain.utxo.transaction.Transaction;
import org.fondaco.chain.word.Hash;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {
  private static final String CATEGORY = "bb".repeat(32);
  private static final Hash ID = Hash.parse(CATEGORY);
  private static final byte[] PLAIN = {0x51};

  private static TokenScript parse(String hex) {
    return TokenScript.of(HexFormat.of().parseHex(hex));
  }

  /** CHIP-2022-02's list of valid prefixes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1001",
        "10fdff00",
        "10ffffffffffffffff7f",
        "20",
        "2001",
        "21",
        "22",
        "3001",
        "6001cc",
        "7001cc01",
        "6101cc",
        "7102cccc02",
        "6201cc",
        "720accccccccccccccccccccfdfd00"
      })
  void validTokensComeBack(String rest) {
    // 2001 is an NFT before a script of OP_1's kind; the rest of each is a script.
    TokenScript parsed = parse("ef" + CATEGORY + rest);
    assertThat(parsed.malformed()).isFalse();
    Token token = parsed.token();
    assertThat(token).isNotNull();
    String encoded =
        HexFormat.of().formatHex(token.encode()) + HexFormat.of().formatHex(parsed.script());
    assertThat(encoded).isEqualTo("ef" + CATEGORY + rest);
  }

  /** And of invalid ones: bits, lengths, amounts and ends. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "80",
        "1000",
        "10",
        "10fd0100",
        "10ffffffffffffffffff",
        "10ff0000000000000080",
        "1101",
        "1201",
        "23",
        "2f",
        "40",
        "4001cc",
        "50",
        "5001cc01",
        "6000",
        "60",
        "6002cc",
        "70",
        "7001cc",
        "7001cc00",
        "a0",
        "b0cc"
      })
  void invalidTokensAreMalformed(String rest) {
    TokenScript parsed = parse("ef" + CATEGORY + rest);
    assertThat(parsed.malformed()).isTrue();
    assertThat(parsed.token()).isNull();
  }

  private static Token fungible(long amount) {
    return new Token(ID, null, amount);
  }

  private static Token nft(Token.Capability capability, int... commitment) {
    byte[] bytes = new byte[commitment.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) commitment[i];
    }
    return new Token(ID, new Token.Nft(capability, bytes), 0);
  }

  private static Output output(@Nullable Token token) {
    byte[] prefix = token == null ? new byte[0] : token.encode();
    byte[] script = Arrays.copyOf(prefix, prefix.length + PLAIN.length);
    script[prefix.length] = PLAIN[0];
    return new Output(1_000, script);
  }

  /** Spends outputs with these tokens, the first as output 0 of {@code first}. */
  private static @Nullable String check(Hash first, List<Token> from, List<Token> to) {
    List<Input> inputs = new ArrayList<>();
    List<Output> spent = new ArrayList<>();
    inputs.add(new Input(new OutPoint(first, 0), new byte[0], 0));
    spent.add(output(null));
    for (Token token : from) {
      inputs.add(new Input(new OutPoint(Hash.ZERO, 1 + inputs.size()), new byte[0], 0));
      spent.add(output(token));
    }
    List<Output> outputs = to.stream().map(TokenTest::output).toList();
    return TokenRules.check(new Transaction(2, inputs, outputs, 0), spent);
  }

  @Test
  void aGenesisMayCreateAnything() {
    List<Token> all =
        List.of(
            fungible(Long.MAX_VALUE),
            nft(Token.Capability.MINTING),
            nft(Token.Capability.MUTABLE, 1),
            nft(Token.Capability.NONE, 2));
    assertThat(check(ID, List.of(), all)).isNull();
    assertThat(check(Hash.ZERO, List.of(), all)).isEqualTo("bad-txns-token-invalid-category");
    assertThat(check(ID, List.of(), List.of(fungible(Long.MAX_VALUE), fungible(1))))
        .isEqualTo("bad-txns-token-amount-overflow");
  }

  @Test
  void fungibleTokensMayBeBurntButNotMade() {
    assertThat(check(Hash.ZERO, List.of(fungible(5), fungible(6)), List.of(fungible(11)))).isNull();
    assertThat(check(Hash.ZERO, List.of(fungible(5)), List.of())).isNull();
    assertThat(check(Hash.ZERO, List.of(fungible(5)), List.of(fungible(3), fungible(3))))
        .isEqualTo("bad-txns-token-in-belowout");
  }

  @Test
  void anNftBecomesWhatItsCapabilityAllows() {
    Token minting = nft(Token.Capability.MINTING);
    Token mutable = nft(Token.Capability.MUTABLE, 1);
    Token fixed = nft(Token.Capability.NONE, 2);
    String exNihilo = "bad-txns-token-nft-ex-nihilo";
    assertThat(check(Hash.ZERO, List.of(minting), List.of(minting, minting, mutable, fixed)))
        .isNull();
    assertThat(check(Hash.ZERO, List.of(mutable), List.of(fixed))).isNull();
    assertThat(check(Hash.ZERO, List.of(mutable), List.of(nft(Token.Capability.MUTABLE, 9))))
        .isNull();
    assertThat(check(Hash.ZERO, List.of(mutable), List.of(mutable, fixed))).isEqualTo(exNihilo);
    assertThat(check(Hash.ZERO, List.of(mutable), List.of(minting))).isEqualTo(exNihilo);
    assertThat(check(Hash.ZERO, List.of(fixed), List.of(fixed))).isNull();
    assertThat(check(Hash.ZERO, List.of(fixed), List.of(nft(Token.Capability.NONE, 3))))
        .isEqualTo(exNihilo);
    assertThat(check(Hash.ZERO, List.of(fixed), List.of(fixed, fixed))).isEqualTo(exNihilo);
  }

  @Test
  void aCommitmentHasFortyBytesAtMost() {
    Token long40 = nft(Token.Capability.NONE, new int[40]);
    Token long41 = nft(Token.Capability.NONE, new int[41]);
    assertThat(check(ID, List.of(), List.of(long40))).isNull();
    assertThat(check(ID, List.of(), List.of(long41)))
        .isEqualTo("bad-txns-token-commitment-oversized");
  }
}
