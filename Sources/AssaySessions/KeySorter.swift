/// Sorts small keys whose first part is a hash, in three passes: one digit of the hash, just wide enough to tell most
/// values apart, then whatever that left in disorder.
///
/// A hash spreads its values, so that nearly every digit holds the keys of one value; the pass is stable, so that keys
/// that came in order of time stay so, and nothing is left to do. Whoever chooses hashes that share a digit only
/// falls back to the standard library's sort. The storage is kept from one use to the next.
struct KeySorter {
  /// One key: compared by hash, then time, then position.
  struct Key {
    var hash: UInt64
    var time: Int64
    var position: UInt64
    /// Where the value that the key stands for is found; not compared.
    var index: UInt32

    static func precedes(_ left: Key, _ right: Key) -> Bool {
      if left.hash != right.hash { return left.hash < right.hash }
      if left.time != right.time { return left.time < right.time }
      return left.position < right.position
    }
  }

  /// A run this long is sorted by insertion: shorter than a cache page, and below where a merge sort starts to win.
  private static let insertionLimit = 32
  /// More digits than this would not fit the second-level cache.
  private static let widestDigit = 16

  /// The keys: as added before `sort()`, in order after it.
  var keys: [Key] = []
  private var unsorted: [Key] = []
  private var places: [UInt32] = []

  /// Puts the keys in order.
  ///
  /// - Complexity: O(n) time for hashes that spread or keys that are in order, O(n log n) for any others; 64 bytes a
  ///   key of memory.
  mutating func sort() {
    guard let first = keys.first else { return }
    var (varying, isSorted) = (UInt64(0), true)
    var last = first
    for key in keys {
      varying |= key.hash ^ first.hash
      if Key.precedes(key, last) { isSorted = false }
      last = key
    }
    if isSorted { return }
    let width = min(KeySorter.widestDigit, Int.bitWidth - keys.count.leadingZeroBitCount)
    let highest = UInt64.bitWidth - varying.leadingZeroBitCount
    let shift = UInt64(max(0, highest - width))
    let mask = UInt64(1) << UInt64(width) - 1
    swap(&keys, &unsorted)
    KeySorter.distribute(unsorted, into: &keys, places: &places, shift: shift, mask: mask)
    repair(shift: shift)
  }

  /// A stable counting sort by one digit, which holds the highest bits in which any two hashes differ.
  private static func distribute(
    _ source: [Key], into target: inout [Key], places: inout [UInt32], shift: UInt64, mask: UInt64
  ) {
    target.removeAll(keepingCapacity: true)
    target.append(contentsOf: source)
    places.removeAll(keepingCapacity: true)
    places.append(contentsOf: repeatElement(0, count: Int(mask) + 1))
    var places = places.mutableSpan
    for key in source { places[Int(key.hash >> shift & mask)] &+= 1 }
    var place: UInt32 = 0
    for digit in places.indices {
      let count = places[digit]
      places[digit] = place
      place &+= count
    }
    var target = target.mutableSpan
    for key in source {
      let digit = Int(key.hash >> shift & mask)
      target[Int(places[digit])] = key
      places[digit] &+= 1
    }
  }

  /// Sorts each stretch of one digit that is not in order.
  private mutating func repair(shift: UInt64) {
    var index = 1
    while index < keys.count {
      guard Key.precedes(keys[index], keys[index - 1]) else {
        index += 1
        continue
      }
      let digit = keys[index].hash >> shift
      var start = index - 1
      while start > 0, keys[start - 1].hash >> shift == digit { start -= 1 }
      var end = index + 1
      while end < keys.count, keys[end].hash >> shift == digit { end += 1 }
      if end - start <= KeySorter.insertionLimit {
        insertionSort(start..<end)
      } else {
        keys[start..<end].sort(by: Key.precedes)
      }
      index = end
    }
  }

  private mutating func insertionSort(_ range: Range<Int>) {
    for index in range.dropFirst() {
      let key = keys[index]
      var hole = index
      while hole > range.lowerBound, Key.precedes(key, keys[hole - 1]) {
        keys[hole] = keys[hole - 1]
        hole -= 1
      }
      keys[hole] = key
    }
  }
}
