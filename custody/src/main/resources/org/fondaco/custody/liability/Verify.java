import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks that your balance is part of a published total. Needs a JDK and nothing else:
 *
 *   java Verify.java proof.json [published root [published total]]
 *
 * Compare the root and the total with those that everybody else was shown, for example on the
 * venue's page or in its audit log. Ends with 0 when the proof holds, with 1 when it does not.
 *
 * The rule: leaf = SHA-256(0, epoch, asset, account, salt, units); parent = SHA-256(1, left hash,
 * left sum, right hash, right sum). Numbers are big-endian, the asset has 4 bytes and the others 8.
 * A parent covers the sum of each child, so the venue cannot tell you a smaller sum beside yours.
 */
public class Verify {
  record Node(byte[] hash, long sum) {}

  public static void main(String[] args) throws Exception {
    if (args.length < 1 || args.length > 3) {
      System.err.println("usage: java Verify.java proof.json [root [total]]");
      System.exit(2);
    }
    String json = Files.readString(Path.of(args[0]));
    int begin = json.indexOf("\"path\"");
    int end = json.indexOf(']', begin);
    check(begin > 0 && end > begin, "this is no proof");
    Map<String, String> fields = strings(json.substring(0, begin) + json.substring(end));
    check("fondaco-liabilities-1".equals(fields.get("format")), "an unknown format");
    List<Map<String, String>> path = new ArrayList<>();
    Matcher steps = Pattern.compile("\\{[^{}]*\\}").matcher(json.substring(begin, end));
    while (steps.find()) {
      path.add(strings(steps.group()));
    }

    long units = number(fields, "units");
    ByteBuffer leaf = ByteBuffer.allocate(1 + 8 + 4 + 8 + 32 + 8);
    leaf.put((byte) 0).putLong(number(fields, "epoch"));
    leaf.putInt(Math.toIntExact(number(fields, "asset"))).putLong(number(fields, "account"));
    leaf.put(hash(fields, "salt")).putLong(units);
    Node node = new Node(sha256(leaf), units);
    for (Map<String, String> step : path) {
      Node sibling = new Node(hash(step, "hash"), number(step, "sum"));
      boolean left = "left".equals(step.get("side"));
      check(left || "right".equals(step.get("side")), "a step without a side");
      node = left ? parent(sibling, node) : parent(node, sibling);
    }

    String root = HexFormat.of().formatHex(node.hash());
    check(root.equals(fields.get("root")), "the way from your leaf does not lead to the root");
    check(node.sum() == number(fields, "total"), "the sums do not make the total");
    check(args.length < 2 || args[1].equals(root), "the published root is another one");
    check(args.length < 3 || args[2].equals(Long.toString(node.sum())), "the published total is another one");
    System.out.println("account  " + fields.get("account"));
    System.out.println("balance  " + units + " units of " + fields.get("code"));
    System.out.println("epoch    " + fields.get("epoch"));
    System.out.println("root     " + root);
    System.out.println("total    " + node.sum());
    System.out.println("The proof holds: your balance is part of this total.");
  }

  static Node parent(Node left, Node right) throws Exception {
    ByteBuffer bytes = ByteBuffer.allocate(1 + 2 * (32 + 8));
    bytes.put((byte) 1).put(left.hash()).putLong(left.sum()).put(right.hash()).putLong(right.sum());
    return new Node(sha256(bytes), Math.addExact(left.sum(), right.sum()));
  }

  static byte[] sha256(ByteBuffer bytes) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(bytes.array());
  }

  static Map<String, String> strings(String json) {
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher pairs = Pattern.compile("\"(\\w+)\"\\s*:\\s*\"([^\"\\\\]*)\"").matcher(json);
    while (pairs.find()) {
      check(fields.put(pairs.group(1), pairs.group(2)) == null, pairs.group(1) + " is there twice");
    }
    return fields;
  }

  static long number(Map<String, String> fields, String name) {
    check(fields.getOrDefault(name, "").matches("[0-9]{1,20}"), name + " is not a number");
    BigInteger value = new BigInteger(fields.get(name));
    check(value.bitLength() < 64, name + " is too large");
    return value.longValueExact();
  }

  static byte[] hash(Map<String, String> fields, String name) {
    check(fields.getOrDefault(name, "").matches("[0-9a-f]{64}"), name + " is not 32 bytes");
    return HexFormat.of().parseHex(fields.get(name));
  }

  static void check(boolean condition, String otherwise) {
    if (!condition) {
      System.err.println("The proof does not hold: " + otherwise + ".");
      System.exit(1);
    }
  }
}
