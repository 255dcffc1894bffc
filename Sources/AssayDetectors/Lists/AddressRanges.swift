public import AssayModel

/// A range of addresses, both ends included, as a list file gives it.
public struct AddressRange: Sendable, Equatable {
  /// The first address.
  public var first: Address
  /// The last address, not below the first.
  public var last: Address

  /// A range from its ends; they are swapped where they stand the wrong way round.
  public init(first: Address, last: Address) {
    self.first = min(first, last)
    self.last = max(first, last)
  }

  /// The network of an address with a prefix of its 128 bits; a version 4 prefix of n bits is 96 + n.
  public init(network: Address, bits: Int) {
    first = network.prefix(bits)
    last = first
    if bits < 64 { last.high |= bits <= 0 ? .max : .max >> UInt64(bits) }
    if bits < 128 { last.low |= bits <= 64 ? .max : .max >> UInt64(bits - 64) }
  }
}

extension AddressRange: CustomStringConvertible {
  /// `192.0.2.0/24`, a single address alone, and what is no network as `FIRST-LAST`.
  public var description: String {
    if first == last { return first.description }
    let isNarrow = first.v4 != nil && last.v4 != nil
    for bits in stride(from: 127, through: isNarrow ? 96 : 0, by: -1)
    where self == AddressRange(network: first, bits: bits) {
      return "\(first)/\(isNarrow ? bits - 96 : bits)"
    }
    return "\(first)-\(last)"
  }
}

/// Networks with labels: which label an address has, the narrowest network deciding (longest prefix).
///
/// Overlapping networks are cut into disjoint intervals once, so a lookup is one binary search; version 4, which is
/// nearly all of the traffic, starts it from a table by the first 16 bits.
///
/// - Complexity: a lookup is O(log n); memory is 12 bytes an interval of version 4 and 36 of version 6, and 256 KiB
///   for the table where there are enough intervals to pay for it.
public struct AddressRanges: Sendable {
  /// The label of an address that is in no network.
  public static let none = -1

  private var starts: [UInt32] = []
  private var ends: [UInt32] = []
  private var labels: [Int32] = []
  private var wideStarts: [Address] = []
  private var wideEnds: [Address] = []
  private var wideLabels: [Int32] = []
  /// For each value of the first 16 bits, how many version 4 intervals start before it; empty for small lists.
  private var firstOfBlock: [Int32] = []

  /// Below this many intervals a plain binary search is as fast as the table by the first 16 bits.
  private static let tablePays = 256

  /// No networks.
  public init() {}

  /// Networks and their labels (not negative). Where two are the same, the lower label counts.
  ///
  /// - Complexity: O(n log n).
  public init(_ networks: [(range: AddressRange, label: Int)]) {
    let sorted = networks.sorted { left, right in
      if left.range.first != right.range.first { return left.range.first < right.range.first }
      if left.range.last != right.range.last { return right.range.last < left.range.last }
      return right.label < left.label
    }
    var open: [(last: Address, label: Int)] = []
    var cursor = Address.none
    for (range, label) in sorted {
      while let top = open.last, top.last < range.first {
        append(cursor, top.last, top.label)
        cursor = max(cursor, top.last.successor)
        open.removeLast()
      }
      if let top = open.last, cursor < range.first { append(cursor, range.first.predecessor, top.label) }
      cursor = range.first
      open.append((range.last, label))
    }
    while let top = open.popLast() {
      append(cursor, top.last, top.label)
      cursor = max(cursor, top.last.successor)
      if top.last == Address.greatest { break }
    }
    buildTable()
  }

  /// Whether there are no networks.
  public var isEmpty: Bool { starts.isEmpty && wideStarts.isEmpty }

  /// How many disjoint intervals there are.
  public var count: Int { starts.count + wideStarts.count }

  /// The label of the narrowest network with this address, or `AddressRanges.none`.
  public func label(of address: Address) -> Int {
    guard let bits = address.v4 else { return wideLabel(of: address) }
    var (low, high) = (0, starts.count)
    if !firstOfBlock.isEmpty {
      let block = Int(bits >> 16)
      low = Int(firstOfBlock[block])
      high = Int(firstOfBlock[block + 1])
      // The interval that holds the block's first address may have started before the block.
      if low > 0 { low -= 1 }
    }
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= bits { low = middle + 1 } else { high = middle }
    }
    return low > 0 && bits <= ends[low - 1] ? Int(labels[low - 1]) : AddressRanges.none
  }

  private func wideLabel(of address: Address) -> Int {
    var (low, high) = (0, wideStarts.count)
    while low < high {
      let middle = (low + high) / 2
      if address < wideStarts[middle] { high = middle } else { low = middle + 1 }
    }
    return low > 0 && !(wideEnds[low - 1] < address) ? Int(wideLabels[low - 1]) : AddressRanges.none
  }

  /// Adds the interval behind all others, joined to the one before where label and place allow.
  private mutating func append(_ first: Address, _ last: Address, _ label: Int) {
    guard !(last < first) else { return }
    if let start = first.v4, let end = last.v4 {
      if let before = ends.last, labels[labels.count - 1] == Int32(label), before != .max, before + 1 == start {
        ends[ends.count - 1] = end
        return
      }
      starts.append(start)
      ends.append(end)
      labels.append(Int32(label))
      return
    }
    if let before = wideEnds.last, wideLabels[wideLabels.count - 1] == Int32(label), before.successor == first {
      wideEnds[wideEnds.count - 1] = last
      return
    }
    wideStarts.append(first)
    wideEnds.append(last)
    wideLabels.append(Int32(label))
  }

  private mutating func buildTable() {
    guard starts.count >= AddressRanges.tablePays else { return }
    firstOfBlock = [Int32](repeating: 0, count: 65_537)
    var index = 0
    for block in 0...65_536 {
      while index < starts.count, Int(starts[index] >> 16) < block { index += 1 }
      firstOfBlock[block] = Int32(index)
    }
  }
}

extension Address {
  /// The last of all addresses.
  static let greatest = Address(high: .max, low: .max)

  /// The next address; the greatest has none and stays.
  var successor: Address {
    if low != .max { return Address(high: high, low: low + 1) }
    return high == .max ? self : Address(high: high + 1, low: 0)
  }

  /// The address before; the smallest has none and stays.
  var predecessor: Address {
    if low != 0 { return Address(high: high, low: low - 1) }
    return high == 0 ? self : Address(high: high - 1, low: .max)
  }

  /// Whether the address cannot be that of a client on the public internet: private use (RFC 1918; RFC 4193
  /// `fc00::/7`), shared behind a carrier's own translator (RFC 6598), loopback, link-local (RFC 3927; RFC 4291).
  var isPrivate: Bool {
    if let bits = v4 {
      return bits >> 24 == 10 || bits >> 20 == 0xac1 || bits >> 16 == 0xc0a8 || bits >> 22 == 0x191
        || bits >> 24 == 127 || bits >> 16 == 0xa9fe
    }
    return high >> 57 == 0x7e || high >> 54 == 0x3fa || (high == 0 && low == 1)
  }
}
