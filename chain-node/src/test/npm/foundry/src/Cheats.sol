// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// The few cheat codes of Foundry that scripts and tests here call.
interface Cheats {
    function startBroadcast() external;
    function stopBroadcast() external;
    function prank(address sender) external;
    function expectPartialRevert(bytes4 selector) external;
    function envAddress(string calldata name) external view returns (address);
}

Cheats constant VM = Cheats(address(uint160(uint256(keccak256("hevm cheat code")))));
