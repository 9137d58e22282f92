package org.fondaco.chain.abi;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.fondaco.chain.abi.AbiType.Array;
import org.fondaco.chain.abi.AbiType.FixedBytes;
import org.fondaco.chain.abi.AbiType.Tuple;

/** Reads the types' words. Depth is bounded, because a contract's description is foreign input. */
final class AbiTypeParser {
  private static final int DEPTH_MAX = 32;

  private final String text;
  private int at;

  private AbiTypeParser(String text) {
    this.text = text;
  }

  static AbiType parse(String text) {
    AbiTypeParser parser = new AbiTypeParser(text);
    AbiType type = parser.type(0);
    if (parser.at != text.length()) {
      throw parser.unknown();
    }
    return type;
  }

  /** {@code type} with the dimensions {@code suffix}, the innermost first. */
  static AbiType arrays(AbiType type, String suffix) {
    AbiTypeParser parser = new AbiTypeParser(suffix);
    AbiType array = parser.dimensions(type, 0);
    if (parser.at != suffix.length()) {
      throw parser.unknown();
    }
    return array;
  }

  private AbiType type(int depth) {
    if (depth > DEPTH_MAX) {
      throw new IllegalArgumentException("an ABI type deeper than " + DEPTH_MAX);
    }
    if (!accept('(')) {
      int from = at;
      while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
        at++;
      }
      return dimensions(elementary(text.substring(from, at)), depth);
    }
    List<AbiType> members = new ArrayList<>();
    if (!accept(')')) {
      do {
        members.add(type(depth + 1));
      } while (accept(','));
      if (!accept(')')) {
        throw unknown();
      }
    }
    return dimensions(new Tuple(members), depth);
  }

  private AbiType dimensions(AbiType type, int depth) {
    AbiType array = type;
    for (int level = depth; accept('['); level++) {
      int from = at;
      while (at < text.length() && text.charAt(at) != ']') {
        at++;
      }
      String length = text.substring(from, at);
      if (!accept(']') || level >= DEPTH_MAX || !length.matches("|0|[1-9][0-9]{0,8}")) {
        throw unknown();
      }
      array =
          new Array(
              array,
              length.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(length)));
    }
    return array;
  }

  private AbiType elementary(String word) {
    return switch (word) {
      case "address" -> new AbiType.Account();
      case "bool" -> new AbiType.Flag();
      case "string" -> new AbiType.Text();
      case "bytes" -> new AbiType.Bytes();
      case "uint" -> new AbiType.Number(false, 256);
      case "int" -> new AbiType.Number(true, 256);
      // A function is an address and a selector, 24 bytes.
      case "function" -> new FixedBytes(24);
      default -> sized(word);
    };
  }

  private AbiType sized(String word) {
    String name = word.replaceFirst("[0-9]+$", "");
    String digits = word.substring(name.length());
    int size = digits.matches("[1-9][0-9]{0,2}") ? Integer.parseInt(digits) : 0;
    boolean number = name.equals("uint") || name.equals("int");
    if (number && size > 0 && size <= 256 && size % 8 == 0) {
      return new AbiType.Number(name.equals("int"), size);
    }
    if (name.equals("bytes") && size > 0 && size <= AbiType.WORD) {
      return new FixedBytes(size);
    }
    throw unknown();
  }

  private boolean accept(char expected) {
    boolean there = at < text.length() && text.charAt(at) == expected;
    if (there) {
      at++;
    }
    return there;
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException("no ABI type " + text);
  }
}
