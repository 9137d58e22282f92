package org.fondaco.chain.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The folder of official vectors, whose zip files are read in place. */
public final class Vectors {
  // Vectors hold calldata of megabytes in one string.
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(100_000_000).build())
                  .build())
          .build();

  private final Path folder;

  public Vectors(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder that the environment names ({@code FONDACO_VECTORS}), or {@code ../shared/vectors}
   * beside the repository.
   *
   * @param repository the folder that holds {@code chain-node}
   */
  public static Vectors located(Path repository) {
    String named = System.getenv("FONDACO_VECTORS");
    return new Vectors(
        named == null || named.isBlank()
            ? repository.resolve("../shared/vectors").normalize()
            : Path.of(named));
  }

  /** Whether the zip is there. */
  public boolean has(String zip) {
    return Files.isReadable(folder.resolve(zip));
  }

  /** What to say when {@link #has} is false. */
  public String missing(String zip) {
    return "no official vectors at "
        + folder.resolve(zip)
        + ": set FONDACO_VECTORS to the folder that holds "
        + zip;
  }

  /** Reads the bytes of a JSON file. */
  static JsonNode json(byte[] bytes) {
    return JSON.readTree(bytes);
  }

  /**
   * Hands over each file of the zip whose name, or name within a folder, begins so, in the order of
   * the names.
   *
   * @throws UncheckedIOException if the zip is missing or damaged
   */
  void eachFile(String zip, String prefix, BiConsumer<String, byte[]> consumer) {
    try (ZipFile file = new ZipFile(folder.resolve(zip).toFile())) {
      List<? extends ZipEntry> entries =
          file.stream()
              .filter(entry -> !entry.isDirectory())
              .filter(entry -> ("/" + entry.getName()).contains("/" + prefix))
              .sorted(Comparator.comparing(ZipEntry::getName))
              .toList();
      for (ZipEntry entry : entries) {
        try (InputStream input = file.getInputStream(entry)) {
          consumer.accept(entry.getName(), input.readAllBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(missing(zip), e);
    }
  }

  /**
   * Hands over each JSON file of the zip whose name contains {@code part}, in the order of the
   * names.
   *
   * @throws UncheckedIOException if the zip is missing or damaged
   */
  public void eachJson(String zip, String part, BiConsumer<String, JsonNode> consumer) {
    try (ZipFile file = new ZipFile(folder.resolve(zip).toFile())) {
      for (ZipEntry entry : entries(file, part, Comparator.comparing(ZipEntry::getName))) {
        hand(file, entry, consumer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(missing(zip), e);
    }
  }

  /**
   * The same on every processor, the largest files first; the consumer must be safe for any thread.
   *
   * @throws UncheckedIOException if the zip is missing or damaged
   */
  public void eachJsonAtOnce(String zip, String part, BiConsumer<String, JsonNode> consumer) {
    int threads = Runtime.getRuntime().availableProcessors();
    try (ZipFile file = new ZipFile(folder.resolve(zip).toFile());
        ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> files = new ArrayList<>();
      for (ZipEntry entry : entries(file, part, Comparator.comparing(each -> -each.getSize()))) {
        files.add(
            workers.submit(() -> {
              hand(file, entry, consumer);
              return null;
            }));
      }
      for (Future<?> each : files) {
        each.get();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(missing(zip), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static List<? extends ZipEntry> entries(
      ZipFile file, String part, Comparator<ZipEntry> order) {
    return file.stream()
        .filter(entry -> entry.getName().endsWith(".json") && entry.getName().contains(part))
        .sorted(order)
        .toList();
  }

  private static void hand(ZipFile file, ZipEntry entry, BiConsumer<String, JsonNode> consumer)
      throws IOException {
    try (InputStream input = file.getInputStream(entry)) {
      consumer.accept(entry.getName(), JSON.readTree(input));
    }
  }
}
