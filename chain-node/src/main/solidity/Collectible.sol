// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721URIStorage} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721URIStorage.sol";

/// A collection of single pieces (ERC-721) with a royalty for each (ERC-2981) and metadata that may be
/// replaced with notice (ERC-4906). Minters mint; the administrator names minters and the royalty of
/// pieces that have none of their own.
contract Collectible is ERC721URIStorage, ERC2981, AccessControl {
    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");

    /// The identifier that the next piece gets; the first is 1.
    uint256 public nextTokenId = 1;

    constructor(string memory name, string memory symbol, address administrator, uint96 royaltyBasisPoints)
        ERC721(name, symbol)
    {
        _grantRole(DEFAULT_ADMIN_ROLE, administrator);
        _grantRole(MINTER_ROLE, administrator);
        _setDefaultRoyalty(administrator, royaltyBasisPoints);
    }

    /// Mints a piece whose sales pay `royaltyReceiver`; with the zero address the collection's royalty holds.
    function mint(address to, string calldata uri, address royaltyReceiver, uint96 royaltyBasisPoints)
        external
        onlyRole(MINTER_ROLE)
        returns (uint256 tokenId)
    {
        tokenId = nextTokenId++;
        _setTokenURI(tokenId, uri);
        if (royaltyReceiver != address(0)) {
            _setTokenRoyalty(tokenId, royaltyReceiver, royaltyBasisPoints);
        }
        _safeMint(to, tokenId);
    }

    function burn(uint256 tokenId) external {
        _update(address(0), tokenId, msg.sender);
        _resetTokenRoyalty(tokenId);
    }

    function setTokenURI(uint256 tokenId, string calldata uri) external onlyRole(MINTER_ROLE) {
        _requireOwned(tokenId);
        _setTokenURI(tokenId, uri);
    }

    function setDefaultRoyalty(address receiver, uint96 basisPoints) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setDefaultRoyalty(receiver, basisPoints);
    }

    function supportsInterface(bytes4 id)
        public
        view
        override(ERC721URIStorage, ERC2981, AccessControl)
        returns (bool)
    {
        return super.supportsInterface(id);
    }
}
