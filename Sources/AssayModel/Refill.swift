extension Array where Element: BitwiseCopyable {
  /// Makes this hold one value so many times, in the memory that it has where that suffices.
  ///
  /// For what is worked out anew for each visitor. Most visitors have a handful of events, and for those it costs a
  /// third of emptying the array and appending a sequence of repetitions.
  ///
  /// - Complexity: O(count), amortised over the counts of consecutive uses.
  @inlinable
  public mutating func refill(_ count: Int, with value: Element) {
    while self.count > count { removeLast() }
    var kept = mutableSpan
    for index in kept.indices { kept[index] = value }
    while self.count < count { append(value) }
  }
}
