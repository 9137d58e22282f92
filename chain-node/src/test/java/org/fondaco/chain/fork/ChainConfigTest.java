package org.fondaco.chain.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Which rules hold where, by what a genesis says. */
class ChainConfigTest {
  private static ChainConfig config(String json) {
    return ChainConfig.read(JsonMapper.shared().readTree(json.replace('\'', '"')));
  }

  @Test
  void theDaosForkIsForWhoSaysSo() {
    ChainConfig with = config("{'chainId':1,'daoForkBlock':100,'daoForkSupport':true}");
    ChainConfig without = config("{'chainId':61,'daoForkBlock':100}");
    assertThat(with.isDaoFork(100)).isTrue();
    assertThat(with.wantsDaoMark(109)).isTrue();
    assertThat(with.wantsDaoMark(110)).isFalse();
    assertThat(with.refusesDaoMark(100)).isFalse();
    assertThat(without.isDaoFork(100)).isFalse();
    assertThat(without.refusesDaoMark(99)).isFalse();
    assertThat(without.refusesDaoMark(100)).isTrue();
    assertThat(without.refusesDaoMark(110)).isFalse();
    assertThat(config("{}").refusesDaoMark(1_920_000)).isFalse();
  }

  @Test
  void forksComeInTheirOrder() {
    ChainConfig config = config("{'homesteadBlock':10,'eip150Block':20,'eip158Block':30}");
    assertThat(config.fork(9, 0)).isEqualTo(Fork.FRONTIER);
    assertThat(config.fork(10, 0)).isEqualTo(Fork.HOMESTEAD);
    assertThat(config.fork(29, 0)).isEqualTo(Fork.TANGERINE_WHISTLE);
    assertThat(config.fork(30, 0)).isEqualTo(Fork.SPURIOUS_DRAGON);
    assertThatThrownBy(() -> config("{'homesteadBlock':10,'eip150Block':5}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TANGERINE_WHISTLE at 5");
    assertThatThrownBy(() -> config("{'ethash':{},'shanghaiTime':0}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("evmRules");
    assertThatThrownBy(() -> config("{'evmRules':'osaka'}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not osaka");
  }
}
