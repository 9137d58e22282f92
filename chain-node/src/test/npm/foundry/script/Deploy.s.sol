// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {VM} from "../src/Cheats.sol";
import {Coin, Vault} from "../src/Vault.sol";

/// Puts a coin and its vault on the chain, and deposits.
contract Deploy {
    function run() external returns (Coin coin, Vault vault) {
        VM.startBroadcast();
        coin = new Coin(1_000 ether);
        vault = new Vault(coin);
        coin.approve(address(vault), type(uint256).max);
        vault.deposit(100 ether, msg.sender);
        VM.stopBroadcast();
    }
}
