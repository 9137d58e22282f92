package org.fondaco.chain.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.fondaco.chain.crypto.Keccak;
import org.fondaco.chain.crypto.Secp256k1;
import org.fondaco.chain.transaction.Signatures;
import org.fondaco.chain.transaction.Transaction;
import org.fondaco.chain.word.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class TypedDataTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The example of EIP-712 (assets/eip-712/Example.js). */
  private static final String MAIL =
      """
      {"types": {
         "EIP712Domain": [{"name": "name", "type": "string"}, {"name": "version", "type": "string"},
           {"name": "chainId", "type": "uint256"},
           {"name": "verifyingContract", "type": "address"}],
         "Person": [{"name": "name", "type": "string"}, {"name": "wallet", "type": "address"}],
         "Mail": [{"name": "from", "type": "Person"}, {"name": "to", "type": "Person"},
           {"name": "contents", "type": "string"}]},
       "primaryType": "Mail",
       "domain": {"name": "Ether Mail", "version": "1", "chainId": 1,
         "verifyingContract": "0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"},
       "message": {
         "from": {"name": "Cow", "wallet": "0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
         "to": {"name": "Bob", "wallet": "0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},
         "contents": "Hello, Bob!"}}
      """;

  @Test
  void theExampleOfTheProposalHasItsHashesAndItsSignature() {
    TypedData mail = TypedData.read(JSON.readTree(MAIL));
    assertThat(mail.encodeType("Mail"))
        .isEqualTo("Mail(Person from,Person to,string contents)Person(string name,address wallet)");
    assertThat(Hex.encode(mail.domainSeparator()))
        .isEqualTo("0xf2cee375fa42b42143804025fc449deafd50cc031ca257e0b194a650a912090f");
    assertThat(Hex.encode(mail.digest()))
        .isEqualTo("0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2");

    byte[] key = Keccak.hash256("cow".getBytes(StandardCharsets.US_ASCII));
    assertThat(Secp256k1.addressOf(key)).hasToString("0xcd2a3d9f938e13cd947ec05abc7fe734df8dd826");
    Transaction.Signature signature = Signatures.sign(mail.digest(), key);
    assertThat(signature.parity()).isEqualTo(1);
    assertThat(Hex.encode(signature.r().toBytes32()))
        .isEqualTo("0x4355c47d63924e8a72e509b65029052eb6c299d53a04e167c5775fd466751c9d");
    assertThat(Hex.encode(signature.s().toBytes32()))
        .isEqualTo("0x07299936d304c153f6443dfa05f40ff007d72911b6f72307f996231605b91562");
  }

  @Test
  void theDomainsTypeMayBeLeftOut() {
    ObjectNode json = (ObjectNode) JSON.readTree(MAIL);
    ((ObjectNode) json.path("types")).remove("EIP712Domain");
    assertThat(TypedData.read(json).digest())
        .isEqualTo(TypedData.read(JSON.readTree(MAIL)).digest());
  }

  /** An array is the hash of its elements' encodings; a number may be a text. */
  @Test
  void arraysAreHashedAndAbsentStructsAreZero() {
    JsonNode json =
        JSON.readTree(
            """
            {"types": {"Node": [{"name": "values", "type": "int16[2][]"},
                {"name": "next", "type": "Node"}, {"name": "tag", "type": "bytes4"}]},
             "primaryType": "Node", "domain": {},
             "message": {"values": [["-1", "0x10"]], "tag": "0x01020304"}}
            """);
    byte[] row = Hex.decode("f".repeat(64) + "0".repeat(62) + "10");
    byte[] struct =
        Hex.decode(
            Hex.encode(Keccak.hash256(ascii("Node(int16[2][] values,Node next,bytes4 tag)")))
                + hex(Keccak.hash256(Keccak.hash256(row)))
                + "0".repeat(64)
                + "01020304"
                + "0".repeat(56));
    byte[] domain = Keccak.hash256(Keccak.hash256(ascii("EIP712Domain()")));
    byte[] expected =
        Keccak.hash256(Hex.decode("1901" + hex(domain) + hex(Keccak.hash256(struct))));
    assertThat(TypedData.read(json).digest()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uint8 | 256 | out of range",
        "uint8 | -1 | out of range",
        "int8 | 128 | out of range",
        "int8 | \"x\" | is no int8",
        "address | \"0x00\" | 1 bytes",
        "bytes2 | \"0x000000\" | 3 bytes",
        "bool | 1 | not a boolean",
        "string | 1 | not a string",
        "uint7 | 1 | unknown type",
        "bytes33 | \"0x\" | unknown type",
        "uint8[2] | [1] | elements",
        "uint8[] | 1 | not an array",
        "T | 7 | not an object",
        "uint8 | null | is missing",
      })
  void whatDoesNotFitItsTypeIsRefused(String type, String value, String complaint) {
    String json =
        "{\"types\": {\"T\": [{\"name\": \"x\", \"type\": \""
            + type
            + "\"}]}, \"primaryType\": \"T\", \"domain\": {}, \"message\": {\"x\": "
            + value
            + "}}";
    assertThatThrownBy(() -> TypedData.read(JSON.readTree(json)).digest())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | types is not an object",
        "{\"types\":{},\"domain\":{},\"message\":{}} | primaryType is not a string",
        "{\"types\":{},\"domain\":{},\"message\":{},\"primaryType\":\"A\"} | no type A",
        "{\"types\":{\"bool\":[]},\"domain\":{},\"message\":{},\"primaryType\":\"bool\"}"
            + " | is a type of the language",
      })
  void whatIsNoTypedDataIsRefused(String json, String complaint) {
    assertThatThrownBy(() -> TypedData.read(JSON.readTree(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(complaint);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(byte[] bytes) {
    return Hex.encode(bytes).substring(2);
  }
}
