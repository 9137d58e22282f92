// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// Everything that a client may be told about a call, one function each.
contract Probe {
    error Refused(address who, uint256 amount);

    event Noted(address indexed who, uint256 indexed number, string text);

    uint256 public number;
    mapping(uint256 key => uint256) public slots;

    receive() external payable {}

    function note(uint256 number_, string calldata text) external {
        number = number_;
        emit Noted(msg.sender, number_, text);
    }

    function fill(uint256 count) external {
        for (uint256 i = 0; i < count; i++) {
            slots[i] = i + 1;
        }
    }

    function clear(uint256 count) external {
        for (uint256 i = 0; i < count; i++) {
            delete slots[i];
        }
    }

    function reason() external pure {
        revert("because");
    }

    function custom() external view {
        revert Refused(msg.sender, 7);
    }

    function divide(uint256 by) external pure returns (uint256) {
        return 1 / by;
    }

    function silent() external pure {
        revert();
    }

    function invalid() external pure {
        assembly {
            invalid()
        }
    }

    function forever() external pure {
        for (;;) {}
    }

    function hoard() external pure {
        assembly {
            mstore(0xffffffffff, 1)
        }
    }

    function recurse() external view returns (uint256) {
        return 1 + this.recurse();
    }

    /// Calls itself, so that a tracer sees a frame within a frame, one of which reverts.
    function nested(uint256 number_) external returns (bool refused) {
        this.note(number_, "inner");
        (bool success,) = address(this).call(abi.encodeCall(this.custom, ()));
        return !success;
    }

    function pay(address payable to) external payable {
        (bool success,) = to.call{value: msg.value}("");
        require(success, "not paid");
    }

    function context() external view returns (uint256, uint256, address, uint256, uint256) {
        return (block.number, block.chainid, msg.sender, block.basefee, address(this).balance);
    }
}
