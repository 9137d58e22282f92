package org.fondaco.chain.conformance;

import java.util.function.BooleanSupplier;
import org.fondaco.chain.block.BlockHeader;
import org.fondaco.chain.ethash.EthashEpoch;
import org.fondaco.chain.ethash.EthashVerifier;
import org.fondaco.chain.fork.ChainConfig;
import org.fondaco.chain.seal.ProofOfWorkDifficulty;
import org.fondaco.chain.seal.SealEngine;
import org.fondaco.chain.word.U256;
import org.jspecify.annotations.Nullable;

/** Ethash for tests that only check seals: all of them are of one epoch and share its cache. */
record SealedWithEthash(ChainConfig config) implements SealEngine {
  private static final EthashVerifier VERIFIER = new EthashVerifier(EthashEpoch.Size.FULL);

  @Override
  public String name() {
    return "ethash";
  }

  @Override
  public U256 difficulty(BlockHeader parent, boolean parentUncles, long timestamp) {
    return ProofOfWorkDifficulty.next(config, parent, parentUncles, timestamp);
  }

  @Override
  public boolean equalTimestamps() {
    return false;
  }

  @Override
  public boolean paysRewards() {
    return true;
  }

  @Override
  public @Nullable String check(BlockHeader header) {
    EthashVerifier.Verdict verdict = VERIFIER.verify(header);
    return verdict == EthashVerifier.Verdict.VALID ? null : verdict.toString();
  }

  @Override
  public BlockHeader seal(BlockHeader header, BooleanSupplier cancelled) {
    throw new UnsupportedOperationException("the tests seal nothing");
  }
}
