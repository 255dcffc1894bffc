internal import AssayModel

/// Counts by address, in parts that are small enough for the processor's cache and can be merged on all cores.
///
/// Its order is nobody's business: whoever reads it sorts, or adds integers. Parts and places are chosen by a hash that
/// is mixed with a number of this process, so that nobody can choose addresses that meet (design.md §3.1).
struct AddressTable: Sendable {
  /// How many parts there are: of a million addresses each holds 16,000, about a megabyte.
  static let partCount = 64

  /// The parts, by the first bits of the hash.
  private(set) var parts: [AddressPart]
  private let seed = ProcessSeed.value

  /// An empty table.
  init() { parts = Array(repeating: AddressPart(seed: ProcessSeed.value), count: AddressTable.partCount) }

  /// A table of parts, in their order.
  init(parts: [AddressPart]) { self.parts = parts }

  /// How many addresses have been counted.
  var count: Int { parts.reduce(0) { $0 + $1.entries.count } }

  /// Notes what a visitor did from an address; `settle` must come before anything is read.
  mutating func add(_ run: AddressRun) { parts[part(of: run.address)].add(run) }

  /// Counts all that is noted.
  mutating func settle() { for part in parts.indices { parts[part].settle() } }

  /// Adds what another table holds of other visitors.
  ///
  /// - Complexity: O(addresses of the other).
  mutating func merge(_ other: AddressTable) {
    for part in parts.indices { parts[part].merge(other.parts[part]) }
  }

  /// One part of several tables together, which hold different visitors.
  static func merged(part: Int, of tables: [AddressTable]) -> AddressPart {
    var merged = AddressPart(seed: ProcessSeed.value)
    for table in tables { merged.merge(table.parts[part]) }
    return merged
  }

  /// The entry of an address, nil where there is none.
  func entry(of address: Address) -> AddressEntry? {
    address.isNone ? nil : parts[part(of: address)].entry(of: address)
  }

  /// Hands out every entry, in no order.
  func forEach(_ body: (AddressEntry) -> Void) {
    for part in parts { for entry in part.entries { body(entry) } }
  }

  private func part(of address: Address) -> Int {
    Int(AddressPart.hash(address, seed: seed) >> 58) & (AddressTable.partCount - 1)
  }
}

/// A number that differs from process to process and that nobody outside can know: it keeps tables from being flooded,
/// and never reaches a result. Swift seeds its `Hasher` so; this asks it for one value.
enum ProcessSeed {
  /// The number.
  static let value: UInt64 = {
    var hasher = Hasher()
    hasher.combine(0)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }()
}
