package org.fondaco.chain.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the objects' members send to the node, and what they make of its answers. */
class BindingsTest extends Offline {
  private static final String A = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";
  private static final String HASH = "0x" + "ab".repeat(32);
  private static final String TRANSACTION =
      "{'hash':'%s','blockNumber':'0x5','nonce':'0x7','gas':'0x5208','gasPrice':'0x3b9aca00',"
          + "'value':'0x4563918244f40000','transactionIndex':'0x0','type':'0x0','to':null}";

  @Override
  void answers(FakeNode fake) {
    for (String method :
        new String[] {
          "eth_getBalance",
          "eth_getTransactionCount",
          "eth_estimateGas",
          "eth_blockNumber",
          "eth_getBlockTransactionCountByNumber",
          "eth_getBlockTransactionCountByHash",
          "eth_getUncleCountByBlockNumber",
          "eth_gasPrice",
          "net_peerCount"
        }) {
      fake.answer(method, "'0x10'");
    }
    for (String method :
        new String[] {
          "eth_getStorageAt",
          "eth_getCode",
          "eth_call",
          "eth_sendTransaction",
          "eth_sign",
          "eth_sendRawTransaction",
          "eth_getProof",
          "eth_feeHistory",
          "personal_newAccount",
          "personal_unlockAccount",
          "personal_importRawKey",
          "personal_sign",
          "miner_start",
          "personal_ecRecover",
          "personal_sendTransaction",
          "miner_stop",
          "miner_setEtherbase",
          "miner_setGasPrice",
          "admin_addPeer",
          "debug_traceTransaction",
          "debug_traceBlockByNumber",
          "eth_createAccessList",
          "txpool_contentFrom"
        }) {
      fake.answer(method, "true");
    }
    for (String method : new String[] {"eth_getBlockByNumber", "eth_getBlockByHash"}) {
      fake.answer(
          method,
          "{'number':'0x5','difficulty':'0x20000','gasLimit':'0x1c9c380','timestamp':'0x1',"
              + "'baseFeePerGas':'0x7','transactions':["
              + TRANSACTION.formatted(HASH)
              + "]}");
    }
    fake.answer("eth_getTransactionByHash", TRANSACTION.formatted(HASH));
    fake.answer("eth_getTransactionReceipt", "null");
    fake.answer("txpool_status", "{'pending':'0x1','queued':'0x0'}");
    fake.answer("admin_peers", "[]");
    fake.answer("eth_syncing", "{'startingBlock':'0x0','currentBlock':'0x10'}");
    fake.refuse("eth_signTransaction", -32000, "authentication needed: password or unlock");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "eth.getBalance(A) | eth_getBalance ['A','latest']",
        "eth.getBalance(A, 16) | eth_getBalance ['A','0x10']",
        "eth.getBalance(A.substring(2), 'pending') | eth_getBalance ['A','pending']",
        "eth.defaultBlock = 3; eth.getCode(A) | eth_getCode ['A','0x3']",
        "eth.getStorageAt(A, 2) | eth_getStorageAt ['A','0x2','latest']",
        "eth.getTransactionCount(A, 'pending') | eth_getTransactionCount ['A','pending']",
        "eth.getBlock('pending', true) | eth_getBlockByNumber ['pending',true]",
        "eth.getBlock(0) | eth_getBlockByNumber ['0x0',false]",
        "eth.getBlock(H) | eth_getBlockByHash ['H',false]",
        "eth.getBlock('0x10') | eth_getBlockByNumber ['0x10',false]",
        "eth.getBlockTransactionCount(7) | eth_getBlockTransactionCountByNumber ['0x7']",
        "eth.getBlockTransactionCount(H) | eth_getBlockTransactionCountByHash ['H']",
        "eth.getBlockUncleCount('latest') | eth_getUncleCountByBlockNumber ['latest']",
        "eth.getTransaction(H) | eth_getTransactionByHash ['H']",
        "eth.getTransactionReceipt(H) | eth_getTransactionReceipt ['H']",
        "eth.call({to: A, data: '1234'}) | eth_call [{'to':'A','data':'0x1234'},'latest']",
        "eth.estimateGas({from: A, value: 5}) | eth_estimateGas [{'from':'A','value':'0x5'}]",
        "eth.sendTransaction({from: A, to: A, value: web3.toWei(10,'ether')})"
            + " | eth_sendTransaction [{'from':'A','to':'A','value':'0x8ac7230489e80000'}]",
        "eth.sendTransaction({from: A, gas: 21000, gasPrice: '1000000000', nonce: 0})"
            + " | eth_sendTransaction [{'from':'A','gas':'0x5208','gasPrice':'0x3b9aca00','nonce':'0x0'}]",
        "eth.defaultAccount = A; eth.sendTransaction({to: A, value: eth.gasPrice.constructor(1)})"
            + " | eth_gasPrice []; eth_sendTransaction [{'to':'A','value':'0x1','from':'A'}]",
        "eth.sendRawTransaction('f86c') | eth_sendRawTransaction ['0xf86c']",
        "eth.sign(A, '0x12') | eth_sign ['A','0x12']",
        "eth.getProof(A, [], 'latest') | eth_getProof ['A',[],'latest']",
        "eth.feeHistory(2, 'latest', [50]) | eth_feeHistory ['0x2','latest',[50]]",
        "eth.createAccessList({to: A}, 'latest') | eth_createAccessList [{'to':'A'},'latest']",
        "personal.newAccount('secret') | personal_newAccount ['secret']",
        "personal.unlockAccount(A, 'secret') | personal_unlockAccount ['A','secret',null]",
        "personal.unlockAccount(A, 'secret', 0) | personal_unlockAccount ['A','secret',0]",
        "personal.importRawKey('0xabcd', 'secret') | personal_importRawKey ['abcd','secret']",
        "personal.sign('0x01', A, 'secret') | personal_sign ['0x01','A','secret']",
        "personal.ecRecover('0x01', '0x02') | personal_ecRecover ['0x01','0x02']",
        "personal.sendTransaction({from: A, to: A, value: 1}, 'secret')"
            + " | personal_sendTransaction [{'from':'A','to':'A','value':'0x1'},'secret']",
        "miner.start(1) | miner_start [1]",
        "miner.start() | miner_start []",
        "miner.stop() | miner_stop []",
        "miner.setEtherbase(A) | miner_setEtherbase ['A']",
        "miner.setGasPrice(web3.toWei(2, 'gwei')) | miner_setGasPrice ['0x77359400']",
        "admin.addPeer('enode://x') | admin_addPeer ['enode://x']",
        "debug.traceTransaction(H, {tracer: 'callTracer'})"
            + " | debug_traceTransaction ['H',{'tracer':'callTracer'}]",
        "debug.traceTransaction(H) | debug_traceTransaction ['H']",
        "debug.traceBlockByNumber(5) | debug_traceBlockByNumber ['0x5']",
        "txpool.contentFrom(A) | txpool_contentFrom ['A']",
      })
  void sent(String script, String calls) {
    sends(
        "var A = '%s', H = '%s'; %s".formatted(A, HASH, script),
        calls
            .replace("'A'", "'" + A + "'")
            .replace("'H'", "'" + HASH + "'")
            .replace('\'', '"')
            .split("; "));
  }

  @Test
  void answersAsGethShowsThem() {
    assertThat(run("eth.getBalance('" + A + "')")).isEqualTo("16");
    assertThat(run("eth.getBalance('" + A + "').plus(1) instanceof BigNumber")).isEqualTo("true");
    assertThat(run("typeof eth.blockNumber")).isEqualTo("\"number\"");
    assertThat(run("txpool.status")).isEqualTo("{\n  pending: 1,\n  queued: 0\n}");
    assertThat(run("admin.peers")).isEqualTo("[]");
    assertThat(run("net.peerCount")).isEqualTo("16");
    assertThat(run("eth.getTransactionReceipt('x')")).isEqualTo("null");
    assertThat(run("eth.syncing")).isEqualTo("{\n  currentBlock: 16,\n  startingBlock: 0\n}");
    assertThat(run("eth.getBlock('pending', true).transactions"))
        .isEqualTo(
            """
            [{
                blockNumber: 5,
                gas: 21000,
                gasPrice: 1000000000,
                hash: "%s",
                nonce: 7,
                to: null,
                transactionIndex: 0,
                type: "0x0",
                value: 5000000000000000000
            }]\
            """
                .formatted(HASH));
    assertThat(run("eth.getBlock(5).baseFeePerGas instanceof BigNumber")).isEqualTo("true");
  }

  @Test
  void mistakesNeverReachTheNode() {
    int before = node.calls().size();
    assertThat(fail("eth.getBalance('0x12')")).startsWith("Error: invalid address\n\tat <test>:1");
    assertThat(fail("eth.getBalance()")).startsWith("Error: invalid address");
    assertThat(fail("eth.sendTransaction({value: 1})")).startsWith("Error: invalid address");
    assertThat(fail("eth.sendTransaction({from: '" + A + "', value: 1.5})"))
        .contains("not an integer");
    assertThat(
            fail(
                "eth.sendTransaction({from: '%s', to: '0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'})"
                    .formatted(A)))
        .contains("checksum");
    assertThat(fail("eth.getTransaction('a', 'b')")).contains("Invalid number of input parameters");
    assertThat(node.calls()).hasSize(before);
  }

  @Test
  void theNodesErrorsKeepTheirWordsAndCodes() {
    String script = "eth.signTransaction({from: '%s'})".formatted(A);
    assertThat(fail(script))
        .isEqualTo("Error: authentication needed: password or unlock\n\tat <test>:1");
    assertThat(run("(function () { try { %s } catch (e) { return e.code; } })()".formatted(script)))
        .isEqualTo("-32000");
    assertThat(fail("eth.mining")).contains("eth_mining").contains("does not exist");
  }

  @Test
  void passphrasesAreAskedFor() {
    screen.type("one", "one");
    sends("personal.newAccount()", "personal_newAccount [\"one\"]");
    assertThat(screen.prompts).containsExactly("Passphrase: ", "Repeat passphrase: ");
    screen.type("one", "two");
    assertThat(fail("personal.newAccount()")).contains("passphrases don't match!");
    screen.type("three");
    sends(
        "personal.unlockAccount('%s')".formatted(A),
        "personal_unlockAccount [\"%s\",\"three\",null]".formatted(A));
    assertThat(screen.printed).contains("Unlock account " + A);
    assertThat(fail("personal.sign('0x00', '%s')".formatted(A))).contains("nothing was typed");
  }

  @Test
  void callbacksComeAfterTheScript() throws InterruptedException {
    run(
        "eth.getBalance('%s', function (e, balance) { console.log(e, balance); }); console.log(1)"
            .formatted(A));
    assertThat(screen.printed.take()).isEqualTo("1");
    assertThat(screen.printed.take()).isEqualTo("null 16");
    run("eth.getMining(function (e, x) { console.log(e.message, x); })");
    assertThat(screen.printed.take()).contains("eth_mining");
  }

  @Test
  void batchesAndRawRequests() throws InterruptedException {
    run(
        ("var b = web3.createBatch(); b.add(eth.getBalance.request('%s', 'latest', function (e, r) {"
                + " console.log(r.plus(1)); })); b.execute()")
            .formatted(A));
    assertThat(screen.printed.take()).isEqualTo("17");
    assertThat(
            run(
                "web3.currentProvider.send({jsonrpc: '2.0', id: 5, method: 'eth_gasPrice', params: []}).result"))
        .isEqualTo("\"0x10\"");
  }
}
