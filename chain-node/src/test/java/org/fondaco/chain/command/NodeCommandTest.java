package org.fondaco.chain.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.fondaco.chain.block.Block;
import org.fondaco.chain.node.Engines;
import org.fondaco.chain.node.GenesisFiles;
import org.fondaco.chain.node.NodeFolder;
import org.fondaco.chain.node.OpenChain;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class NodeCommandTest {
  @TempDir Path temporary;
  private String data = "";
  private String password = "";
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void files() throws IOException {
    data = temporary.resolve("data").toString();
    password = temporary.resolve("password").toString();
    Files.writeString(Path.of(password), "first\nsecond\n");
  }

  private int run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    CommandLine line = NodeCommand.commandLine(environment);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private String genesis(String name, Object content) throws IOException {
    Path file = temporary.resolve(name);
    Files.writeString(file, content.toString());
    return file.toString();
  }

  @Test
  void aChainIsBegunOnceAndNotTwiceWithAnother() throws IOException {
    String walk = genesis("walk.json", GenesisFiles.walk());
    assertThat(run("init", "--datadir", data, walk)).isZero();
    assertThat(run("init", "--datadir", data, walk)).isZero();
    String other = genesis("instant.json", GenesisFiles.instant());
    assertThat(run("init", "--datadir", data, other)).isEqualTo(1);
    assertThat(err.toString()).startsWith("Fatal: the data folder holds the chain of genesis");
    assertThat(run("dumpgenesis", "--datadir", data)).isZero();
    assertThat(GenesisFiles.JSON.readTree(out.toString())).isEqualTo(GenesisFiles.walk());
  }

  @Test
  void aGenesisThatIsNoneIsRefused() throws IOException {
    assertThat(run("init", "--datadir", data, "/nowhere/genesis.json")).isEqualTo(1);
    assertThat(err.toString()).startsWith("Fatal: ").contains("/nowhere/genesis.json");
    assertThat(run("init", "--datadir", data, genesis("a", "{"))).isEqualTo(1);
    assertThat(err.toString()).startsWith("Fatal: invalid genesis file");
    assertThat(run("init", "--datadir", data, genesis("b", "{\"config\":{}}"))).isEqualTo(1);
    assertThat(err.toString()).contains("no difficulty");
    assertThat(run("run", "--datadir", data)).isEqualTo(1);
    assertThat(err.toString()).contains("there is no chain in " + data);
  }

  @Test
  void aFolderOfAnotherProgramAndADamagedOneAreRefused() throws IOException {
    Path chain = new NodeFolder(Path.of(data)).chain();
    Files.createDirectories(chain);
    Files.writeString(chain.resolve("CURRENT"), "not RocksDB's\n");
    String walk = genesis("walk.json", GenesisFiles.walk());
    assertThat(run("init", "--datadir", data, walk)).isEqualTo(1);
    assertThat(err.toString()).contains("cannot open the database in " + chain);
  }

  @Test
  void accountsAreMadeListedImportedAndGivenNewPasswords() throws IOException {
    String[] where = {"--datadir", data, "--lightkdf", "--password", password};
    assertThat(run(joined(where, "account", "new"))).isZero();
    assertThat(out.toString()).contains("Public address of the key:   0x", "Path of the secret");
    String key = temporary.resolve("key").toString();
    Files.writeString(Path.of(key), "01".repeat(32) + "\n");
    assertThat(run(joined(where, "account", "import", key))).isZero();
    String imported = "1a642f0e3c3af545e7acbd38b07251b3990914f1";
    assertThat(out.toString()).isEqualTo("Address: {" + imported + "}\n");
    assertThat(run(joined(where, "account", "import", key))).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("Fatal: account already exists\n");
    assertThat(run("account", "list", "--datadir", data)).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .last()
        .asString()
        .matches("Account #1: \\{" + imported + "} keystore:///.*--" + imported);
    assertThat(run(joined(where, "account", "update", "1"))).isZero();
    assertThat(run(joined(where, "account", "update", imported))).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("Fatal: could not decrypt key with given password\n");
    assertThat(run(joined(where, "account", "update", "7"))).isEqualTo(1);
    assertThat(err.toString()).startsWith("Fatal: no account 7");
  }

  private static String[] joined(String[] flags, String... words) {
    return Stream.concat(Arrays.stream(words), Arrays.stream(flags)).toArray(String[]::new);
  }

  @Test
  void blocksGoOutToAFileAndIntoAnotherFolder() throws IOException {
    String instant = genesis("instant.json", GenesisFiles.instant());
    String file = temporary.resolve("blocks.rlp").toString();
    String other = temporary.resolve("other").toString();
    assertThat(run("init", "--datadir", data, instant)).isZero();
    assertThat(run("export", "--datadir", data, file)).isZero();
    try (OpenChain chain = OpenChain.open(new NodeFolder(Path.of(data)), new Engines(null, true))) {
      Block genesis = chain.chain().block(0);
      assertThat(genesis).isNotNull();
      assertThat(Files.readAllBytes(Path.of(file))).isEqualTo(genesis.encode());
    }
    assertThat(run("export", "--datadir", data, file)).isEqualTo(1);
    assertThat(err.toString()).contains("exists and is not overwritten");
    assertThat(run("export", "--datadir", data, file + "2", "5")).isEqualTo(1);
    assertThat(err.toString()).contains("the chain has blocks 0 to 0");
    assertThat(run("init", "--datadir", other, instant)).isZero();
    assertThat(run("import", "--datadir", other, file)).isZero();
    Files.write(Path.of(file), Arrays.copyOf(Files.readAllBytes(Path.of(file)), 300));
    assertThat(run("import", "--datadir", other, file)).isEqualTo(1);
    assertThat(err.toString()).contains("cut off");

    String walked = temporary.resolve("walked").toString();
    assertThat(run("init", "--datadir", walked, genesis("walk.json", GenesisFiles.walk())))
        .isZero();
    assertThat(run("export", "--datadir", data, file + "3")).isZero();
    assertThat(run("import", "--datadir", walked, file + "3")).isEqualTo(1);
    assertThat(err.toString()).contains("the file begins with the genesis");
  }

  @Test
  void theChainIsRemovedAndKeysStay() throws IOException {
    String[] where = {"--datadir", data, "--lightkdf", "--password", password};
    assertThat(run("init", "--datadir", data, genesis("walk.json", GenesisFiles.walk()))).isZero();
    assertThat(run(joined(where, "account", "new"))).isZero();
    assertThat(run("removedb", "--datadir", data)).isEqualTo(1);
    assertThat(err.toString()).contains("give --yes");
    assertThat(run("removedb", "--datadir", data, "--yes")).isZero();
    assertThat(new NodeFolder(Path.of(data)).chain()).doesNotExist();
    assertThat(run("account", "list", "--datadir", data)).isZero();
    assertThat(out.toString().lines()).hasSize(1);
    assertThat(run("removedb", "--datadir", data, "--yes")).isZero();
  }

  @Test
  void variablesStandInForFlagsAndFlagsWin() {
    Map<String, String> environment = Map.of("FONDACO_NODE_DATADIR", data, "FONDACO_NODE_WS", "x");
    assertThat(run(environment, "run", "--ws=false")).isEqualTo(1);
    assertThat(err.toString()).contains("there is no chain in " + data);
    assertThat(run(environment, "run")).isEqualTo(2);
    assertThat(run(Map.of("FONDACO_NODE_HTTP_PORT", "99999"), "run", "--datadir", data, "--http"))
        .isEqualTo(1);
    assertThat(err.toString()).contains("--http.port is 0 to 65535, not 99999");
  }

  @Test
  void aCommandLineThatIsWrongSaysSo() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("give a command").contains("removedb");
    assertThat(run("fly")).isEqualTo(2);
    assertThat(run("run", "--no-such-flag")).isEqualTo(2);
    assertThat(run("version")).isZero();
    assertThat(out.toString()).startsWith("Fondaco/v");
    assertThat(run("help", "run")).isZero();
    assertThat(out.toString()).contains("--http.vhosts");
  }
}
