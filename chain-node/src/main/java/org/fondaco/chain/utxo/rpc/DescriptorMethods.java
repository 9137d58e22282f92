package org.fondaco.chain.utxo.rpc;

import java.util.List;
import org.fondaco.chain.utxo.address.AddressFormat;
import org.fondaco.chain.utxo.descriptor.Descriptor;
import org.fondaco.chain.utxo.descriptor.DescriptorChecksum;
import org.fondaco.chain.utxo.descriptor.DescriptorException;
import org.fondaco.chain.utxo.descriptor.Expanded;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Descriptors without a wallet. */
final class DescriptorMethods {
  private static final int RANGE_MAX = 1_000_000;

  private final AddressFormat addresses;

  DescriptorMethods(AddressFormat addresses) {
    this.addresses = addresses;
  }

  void addTo(CoreMethods methods) {
    methods.add(
        "Util",
        "getdescriptorinfo",
        "\"descriptor\"",
        "Analyses a descriptor.",
        arguments -> info(arguments.text(0)));
    methods.add(
        "Util",
        "deriveaddresses",
        "\"descriptor\" ( range )",
        "Derives one or more addresses corresponding to an output descriptor; range is an end or"
            + " [begin,end].",
        this::derive);
  }

  static Descriptor parse(String text, AddressFormat addresses, boolean requireChecksum)
      throws CoreException {
    try {
      return Descriptor.parse(text, addresses, requireChecksum);
    } catch (DescriptorException e) {
      throw CoreException.of(CoreException.INVALID_ADDRESS_OR_KEY, e);
    }
  }

  private JsonNode info(String text) throws CoreException {
    Descriptor descriptor = parse(text, addresses, false);
    int mark = text.indexOf('#');
    ObjectNode result = CoreJson.object();
    result.put("descriptor", descriptor.text());
    result.put("checksum", DescriptorChecksum.of(mark < 0 ? text : text.substring(0, mark)));
    result.put("isrange", descriptor.isRange());
    result.put("issolvable", descriptor.isSolvable());
    return result.put("hasprivatekeys", descriptor.hasPrivateKeys());
  }

  private JsonNode derive(Arguments arguments) throws CoreException {
    Descriptor descriptor = parse(arguments.text(0), addresses, true);
    if (!descriptor.isRange() && arguments.has(1)) {
      throw CoreException.parameter("Range should not be specified for an un-ranged descriptor");
    }
    if (descriptor.isRange() && !arguments.has(1)) {
      throw CoreException.parameter("Range must be specified for a ranged descriptor");
    }
    List<Integer> range = arguments.has(1) ? range(arguments.json(1)) : List.of(0, 0);
    ArrayNode result = CoreJson.array();
    Descriptor shortened = descriptor.shortened();
    for (int index = range.getFirst(); index <= range.getLast(); index++) {
      for (Expanded expanded : expand(shortened, index)) {
        String address = addresses.address(expanded.script());
        if (address == null && descriptor.isCombo()) {
          continue; // the bare key has none
        }
        if (address == null) {
          throw new CoreException(
              CoreException.INVALID_ADDRESS_OR_KEY,
              "Descriptor does not have a corresponding address");
        }
        result.add(address);
      }
    }
    return result;
  }

  static List<Expanded> expand(Descriptor descriptor, int index) throws CoreException {
    try {
      return descriptor.expand(index);
    } catch (DescriptorException e) {
      throw CoreException.of(CoreException.INVALID_ADDRESS_OR_KEY, e);
    }
  }

  /** First and last, both included. */
  static List<Integer> range(JsonNode json) throws CoreException {
    long from = 0;
    long to;
    if (json.isIntegralNumber()) {
      to = json.asLong();
    } else if (json.isArray() && json.size() == 2) {
      from = json.get(0).asLong();
      to = json.get(1).asLong();
      if (from > to) {
        throw CoreException.parameter(
            "Range specified as [begin,end] must not have begin after end");
      }
    } else {
      throw CoreException.parameter("Range must be specified as end or as [begin,end]");
    }
    if (from < 0) {
      throw CoreException.parameter("Range should be greater or equal than 0");
    }
    if (to >> 31 != 0) {
      throw CoreException.parameter("End of range is too high");
    }
    if (to >= from + RANGE_MAX) {
      throw CoreException.parameter("Range is too large");
    }
    return List.of((int) from, (int) to);
  }
}
