package org.fondaco.custody.scan;

/**
 * A block that was scanned.
 *
 * @param hash 32 bytes in lower-case hexadecimal, as the node prints
 */
public record BlockReference(long height, String hash) {
  @Override
  public String toString() {
    return height + " (" + hash + ")";
  }
}
