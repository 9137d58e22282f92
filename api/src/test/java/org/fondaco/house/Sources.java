package org.fondaco.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Every Java file of the repository, read and parsed by the compiler's own parser. */
final class Sources {

  /** A file below the repository's root. */
  record Source(String path, List<String> lines, List<Method> methods) {
    boolean isTest() {
      return path.contains("/src/test/");
    }

    String packageName() {
      return lines.stream()
          .filter(line -> line.startsWith("package "))
          .map(line -> line.substring("package ".length(), line.indexOf(';')))
          .findFirst()
          .orElse("");
    }
  }

  /** A method or constructor with a body; lines are 1-based and inclusive, without its Javadoc. */
  record Method(String name, int firstLine, int lastLine, boolean overrides) {
    int length() {
      return lastLine - firstLine + 1;
    }
  }

  private Sources() {}

  /** The folder with the launcher: tests run in a module's folder. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("fondaco"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "not below the repository: " + Path.of("").toAbsolutePath());
      }
      folder = parent;
    }
    return folder;
  }

  static List<Source> read() throws IOException {
    Path root = root();
    List<Path> files;
    try (var modules = Files.list(root)) {
      files =
          modules
              .map(module -> module.resolve("src"))
              .filter(Files::isDirectory)
              .flatMap(Sources::javaFiles)
              .sorted()
              .toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Source> sources = new ArrayList<>();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(files));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        Path file = Path.of(unit.getSourceFile().toUri());
        MethodFinder finder = new MethodFinder(unit, positions);
        finder.scan(unit, null);
        String path = root.relativize(file).toString().replace('\\', '/');
        sources.add(new Source(path, Files.readAllLines(file), finder.methods));
      }
    }
    return sources;
  }

  private static Stream<Path> javaFiles(Path folder) {
    try (var paths = Files.walk(folder)) {
      return paths
          .filter(path -> path.toString().endsWith(".java"))
          .filter(path -> !path.toString().contains("node_modules"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class MethodFinder extends TreeScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Method> methods = new ArrayList<>();

    MethodFinder(CompilationUnitTree unit, SourcePositions positions) {
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void context) {
      if (method.getBody() != null) {
        boolean overrides =
            method.getModifiers().getAnnotations().stream()
                .anyMatch(
                    annotation -> annotation.getAnnotationType().toString().equals("Override"));
        methods.add(
            new Method(
                method.getName().toString(),
                line(positions.getStartPosition(unit, method)),
                line(positions.getEndPosition(unit, method)),
                overrides));
      }
      return super.visitMethod(method, context);
    }

    private int line(long position) {
      return (int) unit.getLineMap().getLineNumber(position);
    }
  }
}
