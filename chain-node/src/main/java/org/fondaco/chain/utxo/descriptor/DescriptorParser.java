package org.fondaco.chain.utxo.descriptor;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.fondaco.chain.utxo.address.AddressException;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.descriptor.Descriptor.Form;
import org.fondaco.chain.utxo.descriptor.Descriptor.Node;

/** Reads descriptors, with Bitcoin Core's messages. */
final class DescriptorParser {
  private static final int CHECKSUM_DIGITS = 8;
  private static final int BARE_KEYS_MAX = 3;
  private static final int KEYS_MAX = 20;
  private static final int REDEEM_BYTES_MAX = 520;

  private final AddressFormat format;
  private final KeyParser keys;

  DescriptorParser(AddressFormat format) {
    this.format = format;
    keys = new KeyParser(format);
  }

  /** Where a function stands. */
  private enum Context {
    TOP,
    SCRIPT_HASH,
    WITNESS
  }

  Descriptor parse(String text, boolean requireChecksum) {
    String[] parts = text.split("#", -1);
    if (parts.length > 2) {
      throw new DescriptorException("Multiple '#' symbols");
    }
    if (parts.length == 1 && requireChecksum) {
      throw new DescriptorException("Missing checksum");
    }
    String computed;
    try {
      computed = DescriptorChecksum.of(parts[0]);
    } catch (IllegalArgumentException e) {
      throw new DescriptorException("Invalid characters in payload");
    }
    if (parts.length == 2) {
      if (parts[1].length() != CHECKSUM_DIGITS) {
        throw new DescriptorException(
            "Expected 8 character checksum, not " + parts[1].length() + " characters");
      }
      if (!parts[1].equals(computed)) {
        throw new DescriptorException(
            "Provided checksum '"
                + parts[1]
                + "' does not match computed checksum '"
                + computed
                + "'");
      }
    }
    return new Descriptor(node(parts[0], Context.TOP), format);
  }

  private Node node(String text, Context context) {
    int open = text.indexOf('(');
    if (open < 0 || !text.endsWith(")")) {
      throw notAFunction(text);
    }
    String function = text.substring(0, open);
    String inside = text.substring(open + 1, text.length() - 1);
    if (format.bech32() == null && List.of("wpkh", "wsh", "tr", "rawtr").contains(function)) {
      throw new DescriptorException(function + "() is not supported: this chain has no witnesses");
    }
    return switch (function) {
      case "pk" -> single(Form.PK, inside, context);
      case "pkh" -> single(Form.PKH, inside, context);
      case "wpkh" -> {
        requireTop(function, context != Context.WITNESS, "top level or inside sh()");
        yield single(Form.WPKH, inside, Context.WITNESS);
      }
      case "combo" -> {
        requireTop(function, context == Context.TOP, "top level");
        yield single(Form.COMBO, inside, context);
      }
      case "tr" -> {
        requireTop(function, context == Context.TOP, "top level");
        if (inside.indexOf(',') >= 0) {
          throw new DescriptorException("tr() with scripts is not supported");
        }
        yield new Node.Single(Form.TR, keys.parse(inside, true));
      }
      case "rawtr" -> {
        requireTop(function, context == Context.TOP, "top level");
        yield new Node.Single(Form.RAWTR, keys.parse(inside, true));
      }
      case "multi", "sortedmulti" -> multi(function.equals("sortedmulti"), inside, context);
      case "sh" -> {
        requireTop(function, context == Context.TOP, "top level");
        yield new Node.Wrapped(false, node(inside, Context.SCRIPT_HASH));
      }
      case "wsh" -> {
        requireTop(function, context != Context.WITNESS, "top level or inside sh()");
        yield new Node.Wrapped(true, node(inside, Context.WITNESS));
      }
      case "addr", "raw" -> {
        requireTop(function, context == Context.TOP, "top level");
        yield fixed(function, inside);
      }
      default -> throw notAFunction(text);
    };
  }

  private static DescriptorException notAFunction(String text) {
    return new DescriptorException("'" + text + "' is not a valid descriptor function");
  }

  private static void requireTop(String function, boolean fits, String where) {
    if (!fits) {
      throw new DescriptorException("Can only have " + function + "() at " + where);
    }
  }

  private Node single(Form form, String text, Context context) {
    KeyExpression key = keys.parse(text, false);
    requireCompressed(key, context);
    return new Node.Single(form, key);
  }

  private static void requireCompressed(KeyExpression key, Context context) {
    if (context == Context.WITNESS && !key.isCompressed()) {
      throw new DescriptorException("Uncompressed keys are not allowed");
    }
  }

  private Node multi(boolean sorted, String inside, Context context) {
    List<String> parts = new ArrayList<>(List.of(inside.split(",", -1)));
    String required = parts.removeFirst();
    if (!required.matches("\\d{1,9}")) {
      throw new DescriptorException("Multi threshold '" + required + "' is not valid");
    }
    int threshold = Integer.parseInt(required);
    List<KeyExpression> all = new ArrayList<>();
    int bytes = 3;
    for (String part : parts) {
      KeyExpression key = keys.parse(part, false);
      requireCompressed(key, context);
      bytes += key.isCompressed() ? 34 : 66;
      all.add(key);
    }
    if (all.isEmpty() || all.size() > KEYS_MAX) {
      throw new DescriptorException(
          "Cannot have "
              + all.size()
              + " keys in multisig; must have between 1 and 20 keys,"
              + " inclusive");
    }
    if (threshold < 1 || threshold > all.size()) {
      throw new DescriptorException(
          threshold < 1
              ? "Multisig threshold cannot be 0, must be at least 1"
              : "Multisig threshold cannot be larger than the number of keys; threshold is "
                  + threshold
                  + " but only "
                  + all.size()
                  + " keys specified");
    }
    if (context == Context.TOP && all.size() > BARE_KEYS_MAX) {
      throw new DescriptorException(
          "Cannot have " + all.size() + " pubkeys in bare multisig; only at most 3 pubkeys");
    }
    if (context == Context.SCRIPT_HASH && bytes > REDEEM_BYTES_MAX) {
      throw new DescriptorException(
          "P2SH script is too large, " + bytes + " bytes is larger than" + " 520 bytes");
    }
    return new Node.Multi(threshold, sorted, List.copyOf(all));
  }

  private Node fixed(String function, String text) {
    if (function.equals("raw")) {
      try {
        return new Node.Fixed(function, text, HexFormat.of().parseHex(text));
      } catch (IllegalArgumentException e) {
        throw new DescriptorException("Raw script is not hex");
      }
    }
    try {
      return new Node.Fixed(function, text, format.script(text));
    } catch (AddressException e) {
      throw new DescriptorException("Address is not valid");
    }
  }
}
