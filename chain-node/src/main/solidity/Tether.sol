// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Pausable} from "@openzeppelin/contracts/utils/Pausable.sol";

/// A dollar that behaves as USDT does on the Ethereum main network, so that whoever handles USDT can
/// meet its traits on a development chain: transfer, transferFrom and approve answer nothing, where
/// ERC-20 wants a boolean; an approval changes only from or to zero; the owner may freeze an address,
/// burn what it holds, pause everything, and switch on a fee that the receiver does not get.
contract Tether is Ownable, Pausable {
    /// As on the main network: at most 0.2 %, and at most 50 dollars.
    uint256 public constant MAX_BASIS_POINTS = 20;
    uint256 public constant MAX_FEE_DOLLARS = 50;

    uint8 public constant decimals = 6;
    string public name;
    string public symbol;
    uint256 public totalSupply;
    /// The fee in hundredths of a percent; zero at first.
    uint256 public basisPointsRate;
    /// The most that one transfer costs, in the smallest unit.
    uint256 public maximumFee;

    mapping(address holder => uint256) public balanceOf;
    mapping(address holder => mapping(address spender => uint256)) public allowance;
    mapping(address holder => bool) public isBlackListed;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);
    event Issue(uint256 amount);
    event Redeem(uint256 amount);
    event Params(uint256 feeBasisPoints, uint256 maxFee);
    event AddedBlackList(address user);
    event RemovedBlackList(address user);
    event DestroyedBlackFunds(address blackListedUser, uint256 balance);

    constructor(string memory name_, string memory symbol_, address owner, uint256 supply) Ownable(owner) {
        name = name_;
        symbol = symbol_;
        totalSupply = supply;
        balanceOf[owner] = supply;
        emit Transfer(address(0), owner, supply);
    }

    function transfer(address to, uint256 value) external whenNotPaused {
        _move(msg.sender, to, value);
    }

    function transferFrom(address from, address to, uint256 value) external whenNotPaused {
        uint256 allowed = allowance[from][msg.sender];
        require(value <= allowed, "allowance too low");
        if (allowed < type(uint256).max) {
            allowance[from][msg.sender] = allowed - value;
        }
        _move(from, to, value);
    }

    function approve(address spender, uint256 value) external {
        require(value == 0 || allowance[msg.sender][spender] == 0, "approve zero first");
        allowance[msg.sender][spender] = value;
        emit Approval(msg.sender, spender, value);
    }

    function issue(uint256 amount) external onlyOwner {
        totalSupply += amount;
        balanceOf[owner()] += amount;
        emit Issue(amount);
        emit Transfer(address(0), owner(), amount);
    }

    function redeem(uint256 amount) external onlyOwner {
        require(balanceOf[owner()] >= amount, "balance too low");
        totalSupply -= amount;
        balanceOf[owner()] -= amount;
        emit Redeem(amount);
        emit Transfer(owner(), address(0), amount);
    }

    /// The rate in basis points, and the cap in whole dollars.
    function setParams(uint256 newBasisPoints, uint256 newMaxFee) external onlyOwner {
        require(newBasisPoints < MAX_BASIS_POINTS && newMaxFee < MAX_FEE_DOLLARS, "fee too high");
        basisPointsRate = newBasisPoints;
        maximumFee = newMaxFee * 10 ** decimals;
        emit Params(basisPointsRate, maximumFee);
    }

    function addBlackList(address user) external onlyOwner {
        isBlackListed[user] = true;
        emit AddedBlackList(user);
    }

    function removeBlackList(address user) external onlyOwner {
        isBlackListed[user] = false;
        emit RemovedBlackList(user);
    }

    /// As on the main network, the balance goes without a Transfer event.
    function destroyBlackFunds(address user) external onlyOwner {
        require(isBlackListed[user], "not black-listed");
        uint256 dirty = balanceOf[user];
        balanceOf[user] = 0;
        totalSupply -= dirty;
        emit DestroyedBlackFunds(user, dirty);
    }

    function pause() external onlyOwner {
        _pause();
    }

    function unpause() external onlyOwner {
        _unpause();
    }

    function _move(address from, address to, uint256 value) private {
        require(!isBlackListed[from], "sender black-listed");
        require(balanceOf[from] >= value, "balance too low");
        uint256 fee = value * basisPointsRate / 10_000;
        if (fee > maximumFee) {
            fee = maximumFee;
        }
        balanceOf[from] -= value;
        balanceOf[to] += value - fee;
        if (fee > 0) {
            balanceOf[owner()] += fee;
            emit Transfer(from, owner(), fee);
        }
        emit Transfer(from, to, value - fee);
    }
}
