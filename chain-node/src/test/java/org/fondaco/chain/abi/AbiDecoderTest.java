package org.fondaco.chain.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The ABI specification's examples, vectors written by ethers, and seeded round trips. */
class AbiDecoderTest {
  private static final long SEED = 20261128;

  @Test
  void theSpecificationsDynamicExample() {
    byte[] data =
        words(
            "123",
            "80",
            "3132333435363738393000000000000000000000000000000000000000000000",
            "e0",
            "2",
            "456",
            "789",
            "d",
            "48656c6c6f2c20776f726c642100000000000000000000000000000000000000");
    List<String> types = List.of("uint256", "uint32[]", "bytes10", "bytes");
    List<Object> values = AbiDecoder.decode(types, data);
    assertThat(values.get(0)).isEqualTo(BigInteger.valueOf(0x123));
    assertThat(values.get(1))
        .isEqualTo(List.of(BigInteger.valueOf(0x456), BigInteger.valueOf(0x789)));
    assertThat(values.get(2)).isEqualTo(ascii("1234567890"));
    assertThat(values.get(3)).isEqualTo(ascii("Hello, world!"));
    assertThat(AbiEncoder.encode(types, values)).isEqualTo(data);
  }

  @Test
  void whatEthersWrote() throws IOException {
    JsonNode vectors;
    try (InputStream file = AbiDecoderTest.class.getResourceAsStream("ethers.json")) {
      vectors = JsonMapper.shared().readTree(Objects.requireNonNull(file));
    }
    assertThat(vectors.size()).isEqualTo(60);
    for (JsonNode vector : vectors) {
      JsonNode parameters = vector.path("parameters");
      byte[] data = Hex.decode(vector.path("data").stringValue());
      assertThat(AbiJson.decode(parameters, data)).isEqualTo(vector.path("values"));
      assertThat(AbiJson.encode(parameters, vector.path("values"))).isEqualTo(data);
    }
  }

  @Test
  void everyValueComesBackAndNoDamageEscapes() {
    Random random = new Random(SEED);
    for (int i = 0; i < 2_000; i++) {
      List<AbiType> types = List.of(type(random, 0), type(random, 0));
      List<Object> values = types.stream().map(each -> value(random, each)).toList();
      byte[] data = AbiEncoder.encodeAll(types, values);
      List<Object> decoded = AbiDecoder.decodeAll(types, data);
      assertThat(decoded)
          .as("seed %s case %s %s", SEED, i, types)
          .usingRecursiveComparison()
          .isEqualTo(values);
      assertThat(types.stream().map(type -> AbiType.parse(type.toString())).toList())
          .isEqualTo(types);
      damaged(random, types, data);
    }
  }

  /** Either values or an IllegalArgumentException, and quickly; anything else fails the test. */
  private static void damaged(Random random, List<AbiType> types, byte[] data) {
    byte[] damaged = data.clone();
    for (int i = random.nextInt(4); i >= 0 && data.length > 0; i--) {
      damaged[random.nextInt(data.length)] = (byte) random.nextInt(256);
    }
    if (random.nextInt(3) == 0) {
      damaged = Arrays.copyOf(damaged, random.nextInt(data.length + 1));
    }
    try {
      assertThat(AbiDecoder.decodeAll(types, damaged)).hasSameSizeAs(types);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "uint8, 100",
    "int8, 80",
    "bool, 2",
    "address, 10000000000000000000000000000000000000000",
    "bytes1, 6100000000000000000000000000000000000000000000000000000000000001",
  })
  void bitsOutsideOfAValueAreRefused(String type, String word) {
    assertThatThrownBy(() -> AbiDecoder.decode(List.of(type), words(word)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void offsetsAndLengthsStayWithinTheData() {
    for (String[] data :
        new String[][] {
          {},
          {"20"},
          {"21"},
          {"20", "1"},
          {"20", "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"},
          {"7fffffe0", "0"},
          {"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0", "0"},
          {"20", "7fffffff"},
        }) {
      for (String type : List.of("bytes", "string", "uint256[]", "(bytes)[]")) {
        assertThatThrownBy(() -> AbiDecoder.decode(List.of(type), words(data)))
            .as("%s in %s", type, List.of(data))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  /** 4 kB that a decoder without a budget unfolds to 6^20 values. */
  @Test
  void sharedOffsetsDoNotExplode() {
    List<String> data = new ArrayList<>(List.of("20"));
    for (int level = 0; level < 20; level++) {
      data.add("6");
      data.addAll(Collections.nCopies(6, "c0"));
    }
    String type = "uint256" + "[]".repeat(20);
    assertThatThrownBy(() -> AbiDecoder.decode(List.of(type), words(data.toArray(String[]::new))))
        .hasMessageContaining("more than");
  }

  @Test
  void textMustBeUtf8() {
    assertThatThrownBy(
            () -> AbiDecoder.decode(List.of("string"), words("20", "1", "ff" + "00".repeat(31))))
        .hasMessageContaining("UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "uint7",
        "uint264",
        "int0",
        "uint08",
        "bytes0",
        "bytes33",
        "byte",
        "uint256[",
        "[]",
        "uint256[-1]",
        "uint256]",
        "(uint256",
        "(uint256,)",
        "uint256)",
        "tuple",
        "fixed128x18",
        "uint256[01]",
        "uint256 ",
        "uint99999999999"
      })
  void whatIsNoType(String text) {
    assertThatThrownBy(() -> AbiType.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no ABI type");
  }

  @Test
  void aTypeIsNotBottomless() {
    assertThatThrownBy(() -> AbiType.parse("(".repeat(10_000)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AbiType.parse("bool" + "[1]".repeat(10_000)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static AbiType type(Random random, int depth) {
    return switch (random.nextInt(depth > 3 ? 6 : 9)) {
      case 0 -> new AbiType.Number(random.nextBoolean(), 8 * (1 + random.nextInt(32)));
      case 1 -> new AbiType.Account();
      case 2 -> new AbiType.Flag();
      case 3 -> new AbiType.FixedBytes(1 + random.nextInt(32));
      case 4 -> new AbiType.Bytes();
      case 5 -> new AbiType.Text();
      case 6 -> AbiType.parse(type(random, depth + 1) + "[]");
      case 7 -> AbiType.parse(type(random, depth + 1) + "[" + random.nextInt(4) + "]");
      default ->
          new AbiType.Tuple(
              IntStream.range(0, random.nextInt(4))
                  .mapToObj(_ -> type(random, depth + 1))
                  .toList());
    };
  }

  private static Object value(Random random, AbiType type) {
    return switch (type) {
      case AbiType.Number number -> {
        BigInteger value = new BigInteger(random.nextInt(number.bits()), random);
        yield number.signed() && random.nextBoolean()
            ? value.shiftRight(1).negate()
            : value.shiftRight(1);
      }
      case AbiType.Account _ -> Address.of(bytes(random, Address.BYTES));
      case AbiType.Flag _ -> random.nextBoolean();
      case AbiType.FixedBytes fixed -> bytes(random, fixed.size());
      case AbiType.Bytes _ -> bytes(random, random.nextInt(70));
      case AbiType.Text _ -> "Ξ".repeat(random.nextInt(40));
      case AbiType.Array array -> {
        List<Object> elements = new ArrayList<>();
        for (int i = array.length().orElseGet(() -> random.nextInt(4)); i > 0; i--) {
          elements.add(value(random, array.element()));
        }
        yield elements;
      }
      case AbiType.Tuple tuple ->
          tuple.members().stream().map(member -> value(random, member)).toList();
    };
  }

  private static byte[] bytes(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] words(String... words) {
    StringBuilder hex = new StringBuilder();
    for (String word : words) {
      hex.append("0".repeat(64 - word.length())).append(word);
    }
    return Hex.decode(hex.toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
