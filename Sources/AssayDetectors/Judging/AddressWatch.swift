package import AssayModel

/// The addresses that detectors watch, asked about at every visitor and nearly always in vain: a bit for the hash of
/// each says no at once.
package struct AddressWatch: Sendable {
  /// How many bits there are for each address: one in sixteen others passes the filter.
  private static let bitsPerAddress = 16

  private let addresses: Set<Address>
  /// A power of two of them.
  private var filter: [UInt64]
  private let seed = ProcessSeed.value

  /// A watch for some addresses.
  package init(_ addresses: [Address]) {
    self.addresses = Set(addresses)
    var words = 1
    while words * 64 < addresses.count * AddressWatch.bitsPerAddress { words *= 2 }
    filter = Array(repeating: 0, count: addresses.isEmpty ? 0 : words)
    for address in addresses {
      let bit = AddressPart.hash(address, seed: seed)
      filter[Int(truncatingIfNeeded: bit >> 6) & (words - 1)] |= 1 << (bit & 63)
    }
  }

  /// Whether an address is watched.
  package func contains(_ address: Address) -> Bool {
    if filter.isEmpty { return false }
    let bit = AddressPart.hash(address, seed: seed)
    let word = filter[Int(truncatingIfNeeded: bit >> 6) & (filter.count &- 1)]
    return word >> (bit & 63) & 1 != 0 && addresses.contains(address)
  }
}
