package org.fondaco.chain.evm;

import java.util.List;
import org.fondaco.chain.word.Address;
import org.fondaco.chain.word.Hash;
import org.fondaco.chain.word.U256;

/** What the machine can ask about its transaction; the price is in wei a unit of gas. */
public record TransactionContext(Address origin, U256 gasPrice, List<Hash> blobHashes) {}
