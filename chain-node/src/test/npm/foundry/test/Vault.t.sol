// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {VM} from "../src/Cheats.sol";
import {Coin, Vault} from "../src/Vault.sol";

/// Runs on a fork of the node's chain, so that every word of state that it reads was asked for by RPC.
contract VaultTest {
    address private immutable OWNER = VM.envAddress("OWNER");
    Vault private immutable VAULT = Vault(VM.envAddress("VAULT"));
    Coin private immutable COIN = Coin(VM.envAddress("COIN"));

    function testTheDeploymentIsThere() external view {
        require(VAULT.asset() == address(COIN), "asset");
        require(VAULT.balanceOf(OWNER) == 100 ether, "shares");
        require(COIN.balanceOf(address(VAULT)) == 100 ether, "assets");
        require(OWNER.balance > 9_000 ether, "ether");
    }

    function testADonationRaisesTheShares() external {
        VM.prank(OWNER);
        VAULT.donate(50 ether);
        uint256 worth = VAULT.previewRedeem(100 ether);
        require(worth > 149 ether && worth <= 150 ether, "worth");
        VM.prank(OWNER);
        VAULT.redeem(100 ether, OWNER, OWNER);
        require(COIN.balanceOf(OWNER) >= 999 ether, "redeemed");
    }

    function testNobodyMovesWhatTheyLack() external {
        VM.expectPartialRevert(IERC20Errors.ERC20InsufficientBalance.selector);
        COIN.transfer(OWNER, 1);
    }

    function testFuzzDeposits(uint96 amount) external {
        uint256 assets = uint256(amount) % 100 ether;
        uint256 expected = VAULT.previewDeposit(assets);
        VM.prank(OWNER);
        require(VAULT.deposit(assets, OWNER) == expected, "shares");
    }

    function testANewVaultBesideTheOld() external {
        Coin coin = new Coin(5 ether);
        Vault vault = new Vault(coin);
        coin.approve(address(vault), 5 ether);
        require(vault.deposit(5 ether, address(this)) == 5 ether, "first deposit");
        require(address(vault) != address(VAULT) && block.chainid == 31337, "chain");
    }
}
