package org.fondaco.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Spring Modulith's view of this module: packages use each other's doors only, without cycles. */
class StructureTest {

  @Test
  void packagesAreModules() {
    ApplicationModules modules = ApplicationModules.of("org.fondaco.api");
    assertThat(modules.stream().map(module -> module.getIdentifier().toString()))
        .contains("trading", "market", "account", "security", "venue", "projection");
    modules.verify();
  }
}
