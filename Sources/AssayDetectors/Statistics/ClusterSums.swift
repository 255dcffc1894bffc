/// How alike the values of one cluster (a visit) are, compared with those of others: sums of integers, added in any order.
///
/// - Complexity: O(1) a cluster; the room of `largest` rows.
struct ClusterSums: Sendable {
  private struct Row: Sendable, BitwiseCopyable {
    var clusters: Int64 = 0
    var sum: Int64 = 0
    /// Of the squares of the clusters' sums.
    var squaredSums: Int64 = 0
    /// Of the squares of the values.
    var squares: Int64 = 0
  }

  /// By the size of the cluster.
  private var rows: [Row]

  /// No clusters yet; none will be larger.
  init(largest: Int) { rows = Array(repeating: Row(), count: largest + 1) }

  /// Adds a cluster of so many values by their sum and the sum of their squares.
  mutating func add(size: Int, sum: Int64, squares: Int64) {
    rows[size].clusters += 1
    rows[size].sum += sum
    rows[size].squaredSums += sum * sum
    rows[size].squares += squares
  }

  /// Adds other clusters.
  mutating func merge(_ other: ClusterSums) {
    for size in rows.indices {
      rows[size].clusters += other.rows[size].clusters
      rows[size].sum += other.rows[size].sum
      rows[size].squaredSums += other.rows[size].squaredSums
      rows[size].squares += other.rows[size].squares
    }
  }

  /// The intraclass correlation by one-way analysis of variance (Donner 1986, International Statistical Review 54): 0
  /// where the values of one cluster are as different as those of any, 1 where they are all the same. Clusters of one
  /// value say nothing and are left out.
  var correlation: Double {
    var (clusters, values, sum, sizes, within, freedom) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for (size, row) in rows.enumerated() where size > 1 && row.clusters > 0 {
      let (size, count) = (Double(size), Double(row.clusters))
      clusters += count
      values += count * size
      sum += Double(row.sum)
      sizes += count * size * size
      within += Double(row.squares) - Double(row.squaredSums) / size
      freedom += count * (size - 1)
    }
    guard clusters > 1, freedom > 0 else { return 0 }
    let mean = sum / values
    var between = 0.0
    for (size, row) in rows.enumerated() where size > 1 && row.clusters > 0 {
      let (size, count) = (Double(size), Double(row.clusters))
      between += Double(row.squaredSums) / size - 2 * mean * Double(row.sum) + mean * mean * size * count
    }
    let (betweenMean, withinMean) = (between / (clusters - 1), within / freedom)
    let typical = (values - sizes / values) / (clusters - 1)
    let total = betweenMean + (typical - 1) * withinMean
    return total > 0 ? min(1, max(0, (betweenMean - withinMean) / total)) : 0
  }

  /// By how much more so many values of one cluster scatter than as many of different ones would (Kish's design effect).
  static func designEffect(_ values: Int, correlation: Double) -> Double {
    1 + Double(max(0, values - 1)) * correlation
  }
}
