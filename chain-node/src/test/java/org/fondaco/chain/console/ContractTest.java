package org.fondaco.chain.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** eth.contract and eth.filter; selectors, topics and words are those that solc and ethers give. */
class ContractTest extends Offline {
  private static final String A = "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed";
  private static final String C = "0x" + "c0".repeat(20);
  private static final String WORD_A = "0".repeat(24) + A.substring(2);
  private static final String TRANSFER =
      "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";
  private static final String ABI =
      """
      var abi = [
        {type: 'constructor', inputs: [{name: 'supply', type: 'uint256'}]},
        {type: 'function', name: 'balanceOf', stateMutability: 'view',
         inputs: [{name: 'owner', type: 'address'}], outputs: [{name: '', type: 'uint256'}]},
        {type: 'function', name: 'transfer', stateMutability: 'nonpayable',
         inputs: [{name: 'to', type: 'address'}, {name: 'value', type: 'uint256'}], outputs: [{name: '', type: 'bool'}]},
        {type: 'function', name: 'pair', constant: true, inputs: [],
         outputs: [{name: '', type: 'string'}, {name: '', type: 'tuple', components: [
           {name: 'amount', type: 'int8'}, {name: 'tags', type: 'bytes2[]'}]}]},
        {type: 'function', name: 'put', inputs: [{name: 'n', type: 'uint256'}], outputs: [], payable: true},
        {type: 'function', name: 'put', inputs: [{name: 's', type: 'string'}], outputs: []},
        {type: 'event', name: 'Transfer', inputs: [
          {name: 'from', type: 'address', indexed: true}, {name: 'to', type: 'address', indexed: true},
          {name: 'value', type: 'uint256', indexed: false}]}];
      var A = '%s'; var token = eth.contract(abi).at('%s');
      """
          .formatted(A, C);
  private static final String LOG =
      ("{'address':'%s','topics':['%s','0x%s','0x%s'],'data':'0x%064x','blockNumber':'0x5',"
              + "'logIndex':'0x0','transactionIndex':'0x1'}")
          .formatted(C, TRANSFER, WORD_A, WORD_A, 1000);

  @Override
  void answers(FakeNode fake) {
    fake.answer("eth_call", ContractTest::called);
    fake.answer("eth_sendTransaction", "'0x01'");
    fake.answer("eth_estimateGas", "'0x5208'");
    fake.answer("eth_newFilter", "'0xf1'");
    fake.answer("eth_newBlockFilter", "'0xf2'");
    fake.answer("eth_getFilterLogs", "[" + LOG + "]");
    fake.answer("eth_getFilterChanges", "['0xaa']");
    fake.answer("eth_uninstallFilter", "true");
    fake.answer(
        "eth_getTransactionReceipt", "{'status':'0x1','contractAddress':'%s'}".formatted(C));
    fake.answer("eth_getCode", "'0x60'");
  }

  private static String called(String params) {
    if (params.contains("0x70a08231")) {
      return "'0x%064x'".formatted(500);
    }
    if (params.contains("0xa9059cbb")) {
      return "'0x'";
    }
    // pair(): ("dog", (-1, [0x0102])), as ethers encodes it.
    return "'0x%064x%064x%064x646f67%s%s%064x%064x0102%s'"
        .formatted(0x40, 0x80, 3, "0".repeat(58), "f".repeat(64), 0x40, 1, "0".repeat(60));
  }

  @Test
  void methodsOfAContract() {
    run(ABI);
    sends(
        "token.balanceOf(A)",
        "eth_call [{\"to\":\"%s\",\"data\":\"0x70a08231%s\"},\"latest\"]".formatted(C, WORD_A));
    assertThat(run("token.balanceOf(A)")).isEqualTo("500");
    assertThat(run("token.balanceOf.call(A, {from: A}, 'pending').plus(1)")).isEqualTo("501");
    sends(
        "token.transfer(A, '1000', {from: A})",
        "eth_sendTransaction [{\"from\":\"%s\",\"to\":\"%s\",\"data\":\"0xa9059cbb%s%064x\"}]"
            .formatted(A, C, WORD_A, 1000));
    assertThat(run("token.transfer.getData(A, 1)")).startsWith("\"0xa9059cbb");
    assertThat(run("token.transfer.estimateGas(A, 1, {from: A})")).isEqualTo("21000");
    assertThat(run("token.pair()"))
        .isEqualTo("[\"dog\", {\n    amount: -1,\n    tags: [\"0x0102\"]\n}]");
  }

  @Test
  void overloadsByTheirTypes() {
    run(ABI);
    assertThat(run("token.put.getData(1).substring(0, 10)")).isEqualTo("\"0x3f81a2c0\"");
    assertThat(run("token.put['string'].getData('x').substring(0, 10)"))
        .isEqualTo("\"0x4c21eb07\"");
    assertThat(run("token.put['uint256'].getData(1) === token.put.getData(1)")).isEqualTo("true");
  }

  @Test
  void mistakesNeverReachTheNode() {
    run(ABI);
    int before = node.calls().size();
    assertThat(fail("token.balanceOf()")).contains("Invalid number of arguments");
    assertThat(fail("token.balanceOf('0x12')")).contains("invalid address");
    assertThat(fail("token.transfer(A, -1, {from: A})")).contains("-1 for uint256");
    assertThat(fail("token.transfer(A, 1)")).contains("invalid address");
    assertThat(fail("token.transfer(A, 1, {from: A, value: 5})")).contains("non-payable");
    assertThat(fail("eth.contract(5)")).contains("ABI");
    assertThat(node.calls()).hasSize(before);
    assertThat(fail("token.transfer.call(A, 1)")).contains("is there a contract at " + C);
  }

  @Test
  void eventsAndFilters() throws InterruptedException {
    run(ABI);
    sends(
        "var f = token.Transfer({to: A}, {fromBlock: 0})",
        "eth_newFilter [{\"fromBlock\":\"0x0\",\"address\":\"%s\",\"topics\":[\"%s\",null,\"0x%s\"]}]"
            .formatted(C, TRANSFER, WORD_A));
    assertThat(run("f.get()[0].args"))
        .isEqualTo("{\n  from: \"%s\",\n  to: \"%s\",\n  value: 1000\n}".formatted(A, A));
    assertThat(run("token.allEvents().get()[0].event")).isEqualTo("\"Transfer\"");
    run(
        "var w = eth.filter('latest', function (e, hash) { console.log(hash); w.stopWatching(); })");
    assertThat(screen.printed.take()).isEqualTo("0xaa");
    node.await("eth_uninstallFilter");
    assertThat(run("eth.filter({address: A, topics: ['dog', null]}).get().length")).isEqualTo("1");
    assertThat(node.calls())
        .contains(
            "eth_newFilter [{\"address\":\"%s\",\"topics\":[\"0x646f67\",null]}]".formatted(A));
  }

  @Test
  void aContractIsCreated() throws InterruptedException {
    run(ABI);
    run(
        "eth.contract(abi).new(7, {from: A, data: '6001'}, function (e, c) {"
            + " console.log(e, c.address, c.transactionHash); })");
    assertThat(node.calls())
        .contains(
            "eth_sendTransaction [{\"from\":\"%s\",\"data\":\"0x6001%064x\"}]".formatted(A, 7));
    assertThat(screen.printed.take()).isEqualTo("null undefined 0x01");
    assertThat(screen.printed.take()).isEqualTo("null " + C + " 0x01");
  }
}
