// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

contract Coin is ERC20 {
    constructor(uint256 supply) ERC20("Coin", "CN") {
        _mint(msg.sender, supply);
    }
}

/// Shares of a pot of coins; the guard lives in transient storage (EIP-1153).
contract Vault is ERC4626, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    constructor(IERC20 coin) ERC20("Share", "SHR") ERC4626(coin) {}

    function deposit(uint256 assets, address receiver) public override nonReentrant returns (uint256) {
        return super.deposit(assets, receiver);
    }

    /// Pays everyone who holds shares.
    function donate(uint256 assets) external nonReentrant {
        IERC20(asset()).safeTransferFrom(msg.sender, address(this), assets);
    }
}
