// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {ERC1155Supply} from "@openzeppelin/contracts/token/ERC1155/extensions/ERC1155Supply.sol";
import {ERC1155URIStorage} from "@openzeppelin/contracts/token/ERC1155/extensions/ERC1155URIStorage.sol";

/// Works in editions of many copies (ERC-1155) with a royalty for each work (ERC-2981). A minter opens
/// an edition once, with its metadata, royalty and the most copies there will ever be, and mints from it.
contract Editions is ERC1155Supply, ERC1155URIStorage, ERC2981, AccessControl {
    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");

    string public name;
    string public symbol;
    /// Copies ever minted of each edition, burnt ones among them, and how many there may be.
    mapping(uint256 id => uint256) public minted;
    mapping(uint256 id => uint256) public maximum;

    error EditionExists(uint256 id);
    error EditionMissing(uint256 id);
    error EditionExhausted(uint256 id, uint256 maximum);

    constructor(string memory name_, string memory symbol_, address administrator, uint96 royaltyBasisPoints)
        ERC1155("")
    {
        name = name_;
        symbol = symbol_;
        _grantRole(DEFAULT_ADMIN_ROLE, administrator);
        _grantRole(MINTER_ROLE, administrator);
        _setDefaultRoyalty(administrator, royaltyBasisPoints);
    }

    /// Opens an edition; with the zero address as receiver the contract's royalty holds.
    function open(uint256 id, uint256 copies, string calldata uri_, address royaltyReceiver, uint96 royaltyBasisPoints)
        external
        onlyRole(MINTER_ROLE)
    {
        require(maximum[id] == 0, EditionExists(id));
        require(copies > 0, EditionExhausted(id, copies));
        maximum[id] = copies;
        _setURI(id, uri_);
        if (royaltyReceiver != address(0)) {
            _setTokenRoyalty(id, royaltyReceiver, royaltyBasisPoints);
        }
    }

    function mint(address to, uint256 id, uint256 copies, bytes calldata data) external onlyRole(MINTER_ROLE) {
        _count(id, copies);
        _mint(to, id, copies, data);
    }

    function mintBatch(address to, uint256[] calldata ids, uint256[] calldata copies, bytes calldata data)
        external
        onlyRole(MINTER_ROLE)
    {
        for (uint256 i = 0; i < ids.length && i < copies.length; i++) {
            _count(ids[i], copies[i]);
        }
        _mintBatch(to, ids, copies, data);
    }

    function burn(address from, uint256 id, uint256 copies) external {
        require(
            from == msg.sender || isApprovedForAll(from, msg.sender), ERC1155MissingApprovalForAll(msg.sender, from)
        );
        _burn(from, id, copies);
    }

    function setDefaultRoyalty(address receiver, uint96 basisPoints) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setDefaultRoyalty(receiver, basisPoints);
    }

    function uri(uint256 id) public view override(ERC1155, ERC1155URIStorage) returns (string memory) {
        return super.uri(id);
    }

    function supportsInterface(bytes4 id) public view override(ERC1155, ERC2981, AccessControl) returns (bool) {
        return super.supportsInterface(id);
    }

    function _count(uint256 id, uint256 copies) private {
        uint256 limit = maximum[id];
        require(limit > 0, EditionMissing(id));
        uint256 count = minted[id] + copies;
        require(count <= limit, EditionExhausted(id, limit));
        minted[id] = count;
    }

    function _update(address from, address to, uint256[] memory ids, uint256[] memory copies)
        internal
        override(ERC1155, ERC1155Supply)
    {
        super._update(from, to, ids, copies);
    }
}
