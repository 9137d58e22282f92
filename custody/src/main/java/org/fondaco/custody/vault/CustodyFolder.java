package org.fondaco.custody.vault;

import java.nio.file.Path;

/**
 * Where a venue's custody lives: below the data folder, for its owner only.
 *
 * @param path the folder
 */
public record CustodyFolder(Path path) {
  /** Below a data folder. */
  public static CustodyFolder below(Path data) {
    return new CustodyFolder(data.resolve("custody"));
  }

  /** The encrypted seed. */
  public Path vault() {
    return path.resolve("vault");
  }

  /** What has been signed. */
  public Path guard() {
    return path.resolve("guard");
  }

  /** Which addresses a restore wants watched; there until the next start has them in the table. */
  public Path restored() {
    return path.resolve("restored");
  }
}
