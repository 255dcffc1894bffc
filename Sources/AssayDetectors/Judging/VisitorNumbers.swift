/// A number for each of some visitors: the greatest, where there are several.
///
/// - Complexity: O(n log n) to make, O(log n) to ask.
struct VisitorNumbers: Sendable {
  private let sorted: [(visitor: UInt64, number: Int)]

  /// The numbers, in any order.
  init(_ numbers: [(visitor: UInt64, number: Int)]) {
    let all = numbers.sorted { ($0.visitor, $1.number) < ($1.visitor, $0.number) }
    var unique: [(visitor: UInt64, number: Int)] = []
    for entry in all where unique.last?.visitor != entry.visitor { unique.append(entry) }
    sorted = unique
  }

  /// The visitors, ascending.
  var visitors: [UInt64] { sorted.map(\.visitor) }

  /// The number of a visitor; nil where it has none.
  subscript(_ visitor: UInt64) -> Int? {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].visitor < visitor { low = middle + 1 } else { high = middle }
    }
    return low < sorted.count && sorted[low].visitor == visitor ? sorted[low].number : nil
  }
}
